"""What is decided on a pairing, and why not: offers, approval, answers, clocks, who sees whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from jiedui.access.rules import Office
from jiedui.pairings.rules import (
    ACQUAINTED,
    QUIET_PAUSES,
    PairingRefusal,
    PairingState,
    PauseReason,
)

P = PairingState
# A helper who let the clock run out is not offered the same card at once.
NOT_ANSWERED_DAYS = 60
CALL_HOUR = 19


@dataclass(frozen=True)
class Fit:
    """What the engine said of a pair when it was proposed: points, the way, and the share of each
    part of the score, by which endings teach."""

    score: int | None = None
    km: float | None = None
    minutes: int | None = None
    features: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Offer:
    """What there is room for at the moment a pair is proposed."""

    need_open: bool
    cleared: bool
    seat: int | None
    place: int | None
    slot_free: bool
    pair_lives: bool
    helpers_of_child: int
    helpers_most: int


def offer_fault(o: Offer) -> PairingRefusal | None:
    """Whether a pair may be proposed: the first thing that stands in the way."""
    checks = (
        (not o.need_open, PairingRefusal.need_not_open),
        (not o.cleared, PairingRefusal.not_cleared),
        (o.pair_lives or o.place is None, PairingRefusal.need_taken),
        (o.seat is None, PairingRefusal.helper_full),
        (not o.slot_free, PairingRefusal.slot_taken),
        (o.helpers_of_child > o.helpers_most, PairingRefusal.child_has_enough),
    )
    return next((code for wrong, code in checks if wrong), None)


def knows(state: PairingState, pause: PauseReason | None, all_agreed: bool) -> bool:
    """Whether the helper may see who the child is: after three yeses, while the pairing lives,
    and in a pause only when it says nothing against anybody."""
    if not all_agreed:
        return False
    return state in ACQUAINTED or (state is P.paused and pause in QUIET_PAUSES)


@dataclass(frozen=True)
class Approval:
    """What the question "may this person approve?" depends on."""

    owning: Office
    office: Office | None
    head: bool
    account_id: int
    acts_as: int
    helper_account: int | None
    proposers: frozenset[int]
    working_days_waiting: int
    head_after: int = 5
    civil_affairs_after: int = 10


def approval_fault(a: Approval) -> PairingRefusal | None:
    """Whether a person may approve or reject: the owning office; the head of any pairing office
    of that office after five working days; civil affairs after ten. Never the helper, never who
    made or changed the pair or started its round by hand - not as somebody's deputy either."""
    persons = {a.account_id, a.acts_as}
    if a.helper_account in persons:
        return PairingRefusal.is_the_helper
    if persons & a.proposers:
        return PairingRefusal.proposer
    if a.office is a.owning:
        return None
    if a.head and a.working_days_waiting >= a.head_after:
        return None
    if a.office is Office.civil_affairs and a.working_days_waiting >= a.civil_affairs_after:
        return None
    return PairingRefusal.not_your_office


@dataclass(frozen=True)
class Yeses:
    """What has been said on an approved pairing."""

    helper: bool | None
    guardian: bool | None
    child: bool | None


def after_answers(said: Yeses) -> PairingState:
    """What an approved pairing becomes: any no ends it, three yeses make it ready."""
    if said.helper is False:
        return P.declined
    if said.guardian is False or said.child is False:
        return P.refused
    return P.ready if said.helper and said.guardian and said.child else P.approved


def answer_by(approved_at: datetime, days: int) -> datetime:
    """When the one clock for acceptance and consent runs out."""
    return approved_at + timedelta(days=days)


def call_again(now: datetime) -> datetime:
    """When a call that nobody took is made again, on a clock in China: at seven in the evening,
    today when that is still some hours away, else tomorrow."""
    evening = now.replace(hour=CALL_HOUR, minute=0, second=0, microsecond=0)
    return evening if evening - now >= timedelta(hours=3) else evening + timedelta(days=1)


def at_most_km(km: float | None) -> int | None:
    """A distance as a card may say it: rounded up to five kilometres; None where nobody goes."""
    return None if km is None else ceil(max(km, 0.1) / 5) * 5


def trial_over(met_on: date, trial_days: int, today: date) -> bool:
    """Whether the time of getting used to each other has passed."""
    return today >= met_on + timedelta(days=trial_days)
