"""Who may decide on a proposal, since when, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor, Office
from jiedui.children import queries as children
from jiedui.children.rules import Purpose
from jiedui.core import clock
from jiedui.helpers import queries as helpers
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life
from jiedui.pairings.rules import PairingRefusal, PairingState
from jiedui.pairings.rules.decisions import Approval, approval_fault
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting


@dataclass(frozen=True)
class Deciders:
    """Who may decide on a proposal: its office, and from which day who else."""

    office: Office
    heads_from: date
    civil_affairs_from: date | None


def clocks_of(county_id: int) -> tuple[int, int]:
    """After how many working days a head, and Civil Affairs, may decide too."""
    head: int = regions.setting(county_id, Setting.approval_head_after)
    civil: int = regions.setting(county_id, Setting.approval_civil_affairs_after)
    return head, civil


def deciders(pairing: Pairing, clocks: tuple[int, int] | None = None) -> Deciders:
    """Who may decide, as a page says it."""
    head, civil = clocks or clocks_of(pairing.county_id)
    since = clock.local(pairing.proposed_at).date()
    own = pairing.office is Office.civil_affairs
    return Deciders(
        pairing.office,
        clock.working_days_after(since, head),
        None if own else clock.working_days_after(since, civil),
    )


def fault(
    pairing: Pairing, actor: Actor, clocks: tuple[int, int] | None = None
) -> PairingRefusal | None:
    """Why this person may not decide on this proposal now; None when they may. `clocks`: the
    county's, for whoever asks about many."""
    if pairing.state is not PairingState.proposed:
        return PairingRefusal.decided_already
    head, civil = clocks or clocks_of(pairing.county_id)
    return approval_fault(
        Approval(
            owning=pairing.office,
            office=actor.office,
            head=actor.head,
            account_id=actor.account_id,
            acts_as=actor.acts_as,
            helper_account=pairing.helper.account_id,
            proposers=frozenset(pairing.proposers),
            working_days_waiting=clock.working_days_since(clock.local(pairing.proposed_at).date()),
            head_after=head,
            civil_affairs_after=civil,
        )
    )


def barrier(pairing: Pairing) -> PairingRefusal | None:
    """What has changed since the proposal so that it cannot go on, whoever decides."""
    need: Need = pairing.need
    if need.state not in (NeedState.open, NeedState.met):
        return PairingRefusal.need_not_open
    if not helpers.is_cleared(pairing.helper):
        return PairingRefusal.not_cleared
    return None if agreed_to_matching(need) else PairingRefusal.consent_missing


def agreed_to_matching(need: Need) -> bool:
    """Whether guardian and child still agree that help is looked for, for every child."""
    return all(
        children.consent_answer(child.id, Purpose.matching)
        and children.view_answer(child.id, Purpose.matching)
        for child in need.children
    )


def awaiting_approval(actor: Actor) -> list[Pairing]:
    """Proposals on which this person may decide now, the longest waiting first."""
    clocks = clocks_of(actor.county_id)
    return [pairing for pairing in life.seen(actor) if fault(pairing, actor, clocks) is None]
