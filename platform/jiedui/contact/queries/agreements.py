"""Agreements of pairings: by id, by link, those that stand, and what is still to be signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor
from jiedui.children.models import Child, Household
from jiedui.contact.models import Agreement, AgreementLink, AgreementScan
from jiedui.contact.rules.agreements import (
    NEEDING,
    OVER,
    WAITING,
    AgreementStanding,
    AgreementState,
    Known,
    Party,
    Terms,
    due,
    standing,
)
from jiedui.core import clock, crypto, db
from jiedui.core.errors import Missing
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import legacy, life
from jiedui.pairings.rules import PairingState
from jiedui.pairings.rules import legacy as before
from jiedui.regions.models import Region


def whole() -> Select[Any]:
    """Agreements with all that their pages and their paper ask for."""
    pairing = joinedload(Agreement.pairing)
    need = pairing.joinedload(Pairing.need)
    home = need.joinedload(Need.household)
    return select(Agreement).options(
        pairing.joinedload(Pairing.helper),
        need.selectinload(Need.children).joinedload(Child.village),
        home.joinedload(Household.village).joinedload(Region.parent),
        home.selectinload(Household.guardians),
        joinedload(Agreement.place),
        selectinload(Agreement.yeses),
        selectinload(Agreement.scans),
    )


def get(agreement_id: int) -> Agreement:
    """The agreement with this id; raise Missing."""
    found: Agreement | None = db.session.scalar(whole().where(Agreement.id == agreement_id))
    if found is None:
        raise Missing
    return found


def scan(scan_id: int) -> AgreementScan:
    """The scan of a signed agreement with this id; raise Missing."""
    found = db.session.get(AgreementScan, scan_id)
    if found is None:
        raise Missing
    return found


def of_pairing(pairing_id: int) -> list[Agreement]:
    """Every version of a pairing's agreement, newest first."""
    found = whole().where(Agreement.pairing_id == pairing_id).order_by(Agreement.number.desc())
    return list(db.session.scalars(found).unique())


def standing_of(pairing_id: int, *states: AgreementState) -> list[Agreement]:
    """A pairing's agreements that are in one of these states, for an act on them."""
    found = whole().where(Agreement.pairing_id == pairing_id, Agreement.state.in_(states))
    return list(db.session.scalars(found.order_by(Agreement.id)).unique())


def agreed_on(pairing: Pairing) -> date:
    """The day from which a pairing counts: everybody had agreed, or a list brought it."""
    return clock.local(pairing.ready_at or pairing.proposed_at).date()


def terms_of(pairing: Pairing) -> Terms:
    """What would be agreed on today, from the record."""
    need = pairing.need
    return Terms(
        need.kind, need.where, need.place_id, need.frequency, need.times, pairing.slot, need.ends
    )


@dataclass(frozen=True)
class Stands:
    """How one pairing stands with its agreement, and until when something is to be done. `one` is
    the draft or the signed version that counts."""

    pairing: Pairing
    standing: AgreementStanding
    due: date
    one: Agreement | None = None

    @property
    def waits(self) -> bool:
        """Whether something is to be done."""
        return self.standing in WAITING and self.pairing.state in NEEDING

    @property
    def missing(self) -> list[Party]:
        """Whose yes is missing."""
        return [p for p in Party if self.one is None or p not in self.one.said]


def stands(pairing: Pairing) -> Stands:
    """How a pairing stands."""
    return _stands(pairing, standing_of(pairing.id, AgreementState.drafted, AgreementState.signed))


def _stands(pairing: Pairing, known: list[Agreement]) -> Stands:
    by_state = {one.state: one for one in known}
    drafted, signed = (by_state.get(s) for s in (AgreementState.drafted, AgreementState.signed))
    terms = terms_of(pairing)
    how = standing(
        agreed_on(pairing),
        terms,
        Known(signed.state, signed.terms) if signed else None,
        Known(drafted.state, drafted.terms) if drafted else None,
    )
    one = drafted if how is AgreementStanding.drafted else signed
    return Stands(pairing, how, due_of(pairing), one)


def due_of(pairing: Pairing) -> date:
    """Until when it is to be signed; a pair from before has the time it has for all its papers."""
    if pairing.state is PairingState.legacy:
        return legacy.due(pairing)
    return due(agreed_on(pairing))


def waiting(actor: Actor) -> list[Stands]:
    """Pairings in somebody's area whose agreement is missing, not signed, or not of today's terms;
    the next deadline first."""
    due_on = _waiting(actor)
    known: dict[int, list[Agreement]] = {}
    found = select(Agreement).where(
        Agreement.pairing_id.in_(list(due_on)), Agreement.state.not_in(OVER)
    )
    for agreement in db.session.scalars(found.options(selectinload(Agreement.yeses))):
        known.setdefault(agreement.pairing_id, []).append(agreement)
    rows = [_stands(pairing, known.get(pairing.id, [])) for pairing in life.several(due_on)]
    return sorted(rows, key=lambda one: (one.due, one.pairing.id))


def count_waiting(actor: Actor) -> tuple[int, date | None]:
    """How many there are, and the next deadline: for the desk, without reading any of them."""
    due_on = _waiting(actor)
    return len(due_on), min(due_on.values(), default=None)


TERMS = ("kind", "where", "place_id", "frequency", "times", "slot", "ends")


def _waiting(actor: Actor) -> dict[int, date]:
    """The deadline of each pairing that waits, from plain rows: two queries for any number."""
    mine = life.visible_to(actor), Pairing.state.in_(NEEDING)
    own = [Pairing.slot if name == "slot" else getattr(Need, name) for name in TERMS]
    pairs = select(Pairing.id, Pairing.state, Pairing.ready_at, Pairing.proposed_at, *own)
    inside = select(Pairing.id).where(*mine)
    papers = select(Agreement.pairing_id, Agreement.state, *(getattr(Agreement, n) for n in TERMS))
    papers = papers.where(Agreement.pairing_id.in_(inside), Agreement.state.not_in(OVER))
    known: dict[int, dict[AgreementState, Known]] = {}
    for number, state, *terms in db.session.execute(papers):
        known.setdefault(number, {})[state] = Known(state, Terms(*terms))
    found = {}
    rows = db.session.execute(pairs.join(Need, Need.id == Pairing.need_id).where(*mine))
    for number, state, ready, proposed, *terms in rows:
        stand, since = known.get(number, {}), clock.local(ready or proposed).date()
        signed, drafted = (stand.get(s) for s in (AgreementState.signed, AgreementState.drafted))
        if standing(since, Terms(*terms), signed, drafted) in WAITING:
            old = state is PairingState.legacy
            found[number] = before.due(since, number) if old else due(since)
    return found


def link(token: str) -> AgreementLink | None:
    """The link with this token, if it can still be answered: fresh, and the paper not signed."""
    found = select(AgreementLink).where(AgreementLink.fingerprint == crypto.fingerprint(token))
    one = db.session.scalar(found)
    return one if one is not None and link_lives(one) else None


def link_lives(one: AgreementLink) -> bool:
    """Whether a link can be answered."""
    return one.fresh and one.agreement.state is AgreementState.drafted


def awaiting_helper(actor: Actor) -> list[Agreement]:
    """A helper's own agreements that wait for their yes."""
    own = select(Pairing.id).where(life.visible_to(actor), Pairing.state.in_(NEEDING))
    found = whole().where(Agreement.pairing_id.in_(own), Agreement.state == AgreementState.drafted)
    every = db.session.scalars(found.order_by(Agreement.id)).unique()
    return [one for one in every if Party.helper not in one.said]
