"""A pairing's life, who may approve when, and why something is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from jiedui.access.rules import Office
from jiedui.core.states import Transitions


class RoundState(StrEnum):
    """Where a round stands."""

    queued = "queued"
    solving = "solving"
    draft = "draft"
    published = "published"
    dropped = "dropped"
    failed = "failed"


ROUND_MOVES = Transitions(
    {
        RoundState.queued: {RoundState.solving, RoundState.failed, RoundState.dropped},
        RoundState.solving: {RoundState.draft, RoundState.failed, RoundState.queued},
        RoundState.draft: {RoundState.published, RoundState.dropped, RoundState.queued},
        RoundState.failed: {RoundState.queued, RoundState.dropped},
    }
)
OPEN_ROUND = frozenset({RoundState.queued, RoundState.solving, RoundState.draft, RoundState.failed})


class RoundKind(StrEnum):
    """Who started it: a timer has no human proposer."""

    by_hand = "by_hand"
    timer = "timer"


class SuggestionState(StrEnum):
    """What became of a suggested pair in its draft."""

    kept = "kept"
    pinned = "pinned"
    removed = "removed"
    published = "published"


class RemoveReason(StrEnum):
    """Why a coordinator takes a pair out; the next round knows."""

    known_conflict = "known_conflict"
    not_suitable = "not_suitable"
    too_far_in_fact = "too_far_in_fact"
    already_helped = "already_helped"
    wait_for_other = "wait_for_other"


class RejectReason(StrEnum):
    """Why an office rejects a pairing; the next round knows."""

    known_conflict = "known_conflict"
    not_suitable = "not_suitable"
    facts_wrong = "facts_wrong"
    need_changed = "need_changed"
    other_help_better = "other_help_better"


class PairingState(StrEnum):
    """A pairing's life."""

    proposed = "proposed"
    approved = "approved"
    ready = "ready"
    trial = "trial"
    active = "active"
    paused = "paused"
    closing = "closing"
    legacy = "legacy"
    closed = "closed"
    rejected = "rejected"
    declined = "declined"
    refused = "refused"
    expired = "expired"


P = PairingState
# approved: the helper accepts and the guardian consents, in parallel, on one clock of 14 days.
# ready: all said yes; identity is open; the first, accompanied meeting is to be arranged.
PAIRING_MOVES = Transitions(
    {
        P.proposed: {P.approved, P.rejected, P.expired},
        P.approved: {P.ready, P.declined, P.refused, P.expired, P.rejected},
        P.ready: {P.trial, P.paused, P.declined, P.refused, P.closing},
        P.trial: {P.active, P.paused, P.closing},
        P.active: {P.paused, P.closing},
        P.paused: {P.trial, P.active, P.ready, P.closing, P.legacy},
        P.closing: {P.closed},
        P.legacy: {P.active, P.paused, P.closing},
    }
)
LIVING = frozenset(
    {P.proposed, P.approved, P.ready, P.trial, P.active, P.paused, P.closing, P.legacy}
)
# From here on the two know each other (grants of level visit).
ACQUAINTED = frozenset({P.ready, P.trial, P.active, P.closing})
SERVING = frozenset({P.trial, P.active, P.legacy, P.closing})


class PauseReason(StrEnum):
    """Why a pairing pauses."""

    helper_away = "helper_away"
    child_away = "child_away"
    family_wish = "family_wish"
    record_check_expired = "record_check_expired"
    paper_bad = "paper_bad"
    consent_withdrawn = "consent_withdrawn"
    being_looked_into = "being_looked_into"


class CloseReason(StrEnum):
    """Why a pairing ends."""

    term_completed = "term_completed"
    goal_reached = "goal_reached"
    helper_time = "helper_time"
    helper_moved = "helper_moved"
    child_moved = "child_moved"
    child_wish = "child_wish"
    guardian_withdrew = "guardian_withdrew"
    did_not_fit = "did_not_fit"
    rule_broken = "rule_broken"
    safety = "safety"
    clearance_lost = "clearance_lost"
    need_closed = "need_closed"


# A pair that ended for one of these is not suggested again.
FOR_CAUSE = frozenset({CloseReason.rule_broken, CloseReason.safety, CloseReason.did_not_fit})


class CallFor(StrEnum):
    """Whom a call is to, when they have no account."""

    guardian_consent = "guardian_consent"
    helper_acceptance = "helper_acceptance"


class CallOutcome(StrEnum):
    """What came of a call. No answer returns the next evening."""

    yes = "yes"
    no = "no"
    no_answer = "no_answer"


class PairingRefusal(StrEnum):
    """Why an act on a round or a pairing is refused."""

    round_open = "round open"
    round_not_draft = "round not draft"
    not_in_draft = "not in draft"
    nothing_to_publish = "nothing to publish"
    reason_missing = "reason missing"
    barrier = "barrier"
    need_not_open = "need not open"
    need_taken = "need taken"
    helper_taken = "helper taken"
    helper_full = "helper full"
    slot_taken = "slot taken"
    child_has_enough = "child has enough"
    proposer = "proposer"
    is_the_helper = "is the helper"
    not_your_office = "not your office"
    not_proposed = "not proposed"
    not_waiting = "not waiting"
    decided_already = "decided already"
    not_ready = "not ready"
    meeting_in_future = "meeting in future"
    companion_missing = "companion missing"
    willing_three = "willing three"
    not_cleared = "not cleared"
    wrong_state = "wrong state"
    last_meeting_missing = "last meeting missing"


WILLING_MOST = 3


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


def trial_over(met_on: date, trial_days: int, today: date) -> bool:
    """Whether the time of getting used to each other has passed."""
    return today >= met_on + timedelta(days=trial_days)
