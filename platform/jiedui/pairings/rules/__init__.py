"""A pairing's life, who may approve when, and why something is refused."""

from __future__ import annotations

from enum import StrEnum

from jiedui.core.states import Transitions


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
        P.closing: {P.closed, P.paused},
        P.legacy: {P.active, P.paused, P.closing},
    }
)
LIVING = frozenset(
    {P.proposed, P.approved, P.ready, P.trial, P.active, P.paused, P.closing, P.legacy}
)
# From here on the two know each other (grants of level visit).
ACQUAINTED = frozenset({P.ready, P.trial, P.active, P.closing})
# Of these the others of a team hear: somebody comes, somebody comes no more.
TEAM_CHANGES = frozenset({(P.ready, P.trial), (P.closing, P.closed)})
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


class Wanted(StrEnum):
    """Who wanted a pairing to end."""

    helper = "helper"
    guardian = "guardian"
    carer = "carer"
    child = "child"
    office = "office"


# A pair that ended for one of these is not suggested again.
FOR_CAUSE = frozenset(
    {
        CloseReason.rule_broken,
        CloseReason.safety,
        CloseReason.did_not_fit,
        CloseReason.child_wish,
        CloseReason.guardian_withdrew,
    }
)
# Ended at once, without a planned goodbye: nothing is worth one more meeting.
AT_ONCE = frozenset({CloseReason.rule_broken, CloseReason.safety, CloseReason.clearance_lost})
# What a helper may say of the own pairing, and what staff may; the rest follows from records.
HELPER_CLOSES = (CloseReason.helper_time, CloseReason.helper_moved)
STAFF_CLOSES = tuple(c for c in CloseReason if c is not CloseReason.need_closed)
HELPER_PAUSES = (PauseReason.helper_away, PauseReason.child_away)
STAFF_PAUSES = (*HELPER_PAUSES, PauseReason.family_wish, PauseReason.being_looked_into)
# A pause that says nothing against anybody: the two go on knowing each other.
QUIET_PAUSES = frozenset(HELPER_PAUSES)


class Phase(StrEnum):
    """The shelves on which a list of pairings lies, in the order of their lives."""

    deciding = "deciding"
    answering = "answering"
    meeting = "meeting"
    living = "living"
    ended = "ended"


STATES_OF: dict[Phase, frozenset[PairingState]] = {
    Phase.deciding: frozenset({P.proposed}),
    Phase.answering: frozenset({P.approved}),
    Phase.meeting: frozenset({P.ready}),
    Phase.living: frozenset({P.trial, P.active, P.paused, P.closing, P.legacy}),
    Phase.ended: frozenset({P.closed, P.rejected, P.declined, P.refused, P.expired}),
}


class Decision(StrEnum):
    """What an office decides on a proposal."""

    approve = "approve"
    reject = "reject"


class EndReason(StrEnum):
    """Why a pair that never met is let go, where no office and no person said no."""

    need_closed = "need_closed"
    not_answered = "not_answered"
    clearance_lost = "clearance_lost"
    consent_withdrawn = "consent_withdrawn"
    being_looked_into = "being_looked_into"


class NeedAfter(StrEnum):
    """What becomes of the need when a pairing has ended; the others of a team just go on."""

    others = "others"
    reopen = "reopen"
    close = "close"


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
    meeting_too_early = "meeting too early"
    companion_missing = "companion missing"
    willing_three = "willing three"
    not_cleared = "not cleared"
    wrong_state = "wrong state"
    last_meeting_missing = "last meeting missing"
    answer_missing = "answer missing"
    has_account = "has account"
    still_looked_into = "still looked into"
    consent_missing = "consent missing"
    papers_missing = "papers missing"
    team_full = "team full"
    team_goes_on = "team goes on"
    in_the_team = "in the team"
    leads_already = "leads already"
