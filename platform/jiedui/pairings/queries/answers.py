"""What helper, guardian and child have said on an approved pairing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jiedui.children import queries as children
from jiedui.children.models import Child, Guardian
from jiedui.children.rules import Purpose, Told
from jiedui.core.errors import Missing
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life
from jiedui.pairings.rules import PairingState
from jiedui.pairings.rules.decisions import Yeses


def all_say(answers: Iterable[bool | None]) -> bool | None:
    """One no is a no, one missing is missing."""
    said = list(answers)
    if False in said:
        return False
    return None if None in said else True


def guardian_said(pairing: Pairing, child: Child) -> bool | None:
    """What was said for one child; None when nothing was."""
    return children.consent_answer(child.id, Purpose.pairing, pairing.id)


def child_said(pairing: Pairing, child: Child) -> bool | None:
    """What one child said of this helper; None when not asked yet."""
    return children.view_answer(child.id, Purpose.pairing, pairing.id)


def said(pairing: Pairing) -> Yeses:
    """The three answers; brothers and sisters of one need are asked each."""
    own = pairing.need.children
    return Yeses(
        helper=True if pairing.accepted_at is not None else None,
        guardian=all_say(guardian_said(pairing, child) for child in own),
        child=all_say(child_said(pairing, child) for child in own),
    )


def said_of(pairings: Sequence[Pairing]) -> dict[int, Yeses]:
    """The same of several pairings, in two queries."""
    kids = {child.id for pairing in pairings for child in pairing.need.children}
    known = children.answers(Purpose.pairing, kids, {pairing.id for pairing in pairings})
    found = {}
    for pairing in pairings:
        pairs = [known.get((c.id, pairing.id), (None, None)) for c in pairing.need.children]
        found[pairing.id] = Yeses(
            helper=True if pairing.accepted_at is not None else None,
            guardian=all_say(guardian for guardian, _child in pairs),
            child=all_say(child for _guardian, child in pairs),
        )
    return found


def unheard(pairing: Pairing) -> list[Child]:
    """Children who have not been asked about this helper yet."""
    return [child for child in pairing.need.children if child_said(pairing, child) is None]


def guardians(pairing: Pairing) -> list[Guardian]:
    """Those who decide for the children of this pairing."""
    return [g for g in pairing.need.household.guardians if g.is_guardian]


def carer(pairing: Pairing) -> Guardian | None:
    """Who looks after the children day by day: the person at the door."""
    everybody = pairing.need.household.guardians
    return next((g for g in everybody if g.is_carer), next(iter(everybody), None))


@children.tells(Purpose.pairing)
def told(pairing_id: int) -> Told:
    """What a guardian hears of the helper before answering: name, unit, what, when and where.
    Raises Missing once nobody waits for the answer any more."""
    pairing = life.get(pairing_id)
    if pairing.state not in (PairingState.approved, PairingState.legacy):
        raise Missing
    helper, need = pairing.helper, pairing.need
    return Told(
        name=helper.name,
        kind=helper.kind,
        unit=helper.unit.name if helper.unit else "",
        what=need.kind,
        slot=pairing.slot,
        where=need.where,
        place=need.place.name if need.place else "",
    )
