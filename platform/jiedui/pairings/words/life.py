"""Words for a pairing's life: states, reasons, calls, and why something is refused."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.pairings.rules import (
    CallFor,
    CallOutcome,
    CloseReason,
    Decision,
    EndReason,
    NeedAfter,
    PairingRefusal,
    PairingState,
    PauseReason,
    Phase,
    RejectReason,
    Wanted,
)

words.say(
    RejectReason,
    {
        RejectReason.known_conflict: _l("The two do not get on"),
        RejectReason.not_suitable: _l("Not suitable for this child"),
        RejectReason.facts_wrong: _l("What is written is not right"),
        RejectReason.need_changed: _l("The need has changed"),
        RejectReason.other_help_better: _l("Other help is better"),
    },
)
words.say(
    PairingState,
    {
        PairingState.proposed: _l("Waiting for approval"),
        PairingState.approved: _l("Approved, waiting for answers"),
        PairingState.ready: _l("All agreed, first meeting next"),
        PairingState.trial: _l("Getting used to each other"),
        PairingState.active: _l("Going on"),
        PairingState.paused: _l("Paused"),
        PairingState.closing: _l("About to end"),
        PairingState.legacy: _l("Pair from before, papers being made up"),
        PairingState.closed: _l("Ended"),
        PairingState.rejected: _l("Not approved"),
        PairingState.declined: _l("Declined by the volunteer"),
        PairingState.refused: _l("Declined by the family"),
        PairingState.expired: _l("Not answered in time"),
    },
)
words.say(
    PauseReason,
    {
        PauseReason.helper_away: _l("The volunteer is away for a while"),
        PauseReason.child_away: _l("The child is away for a while"),
        PauseReason.family_wish: _l("The family wishes it"),
        PauseReason.record_check_expired: _l("A check has to be renewed"),
        PauseReason.paper_bad: _l("A paper was not in order"),
        PauseReason.consent_withdrawn: _l("The guardian took consent back"),
        PauseReason.being_looked_into: _l("Something is being looked into"),
    },
)
words.say(
    Wanted,
    {
        Wanted.helper: _l("The volunteer"),
        Wanted.guardian: _l("A parent or other guardian"),
        Wanted.carer: _l("Whoever looks after the child"),
        Wanted.child: _l("The child"),
        Wanted.office: _l("The office"),
    },
)
words.say(
    CloseReason,
    {
        CloseReason.term_completed: _l("The agreed time is over"),
        CloseReason.goal_reached: _l("The goal is reached"),
        CloseReason.helper_time: _l("The volunteer has no time any more"),
        CloseReason.helper_moved: _l("The volunteer has moved away"),
        CloseReason.child_moved: _l("The child has moved away"),
        CloseReason.child_wish: _l("The child wishes it"),
        CloseReason.guardian_withdrew: _l("The guardian wishes it"),
        CloseReason.did_not_fit: _l("The two did not fit"),
        CloseReason.rule_broken: _l("The code of conduct was broken"),
        CloseReason.safety: _l("For the child's safety"),
        CloseReason.clearance_lost: _l("Vetting does not hold any more"),
        CloseReason.need_closed: _l("The need has ended"),
    },
)
words.say(
    Phase,
    {
        Phase.deciding: _l("To be approved"),
        Phase.answering: _l("Waiting for answers"),
        Phase.meeting: _l("First meeting"),
        Phase.living: _l("Under way"),
        Phase.ended: _l("Past"),
    },
)
words.say(
    Decision,
    {Decision.approve: _l("Approve"), Decision.reject: _l("Do not approve")},
)
words.say(
    EndReason,
    {
        EndReason.need_closed: _l("The need has ended"),
        EndReason.not_answered: _l("Not answered in time"),
        EndReason.clearance_lost: _l("Vetting does not hold any more"),
        EndReason.consent_withdrawn: _l("The guardian took consent back"),
        EndReason.being_looked_into: _l("Something is being looked into"),
    },
)
words.say(
    NeedAfter,
    {
        NeedAfter.others: _l("The others of the team go on"),
        NeedAfter.reopen: _l("Look for somebody else"),
        NeedAfter.close: _l("The need ends too"),
    },
)
words.say(
    CallFor,
    {
        CallFor.guardian_consent: _l("Ask the guardian"),
        CallFor.helper_acceptance: _l("Ask the volunteer"),
    },
)
words.say(
    CallOutcome,
    {
        CallOutcome.yes: _l("Agrees"),
        CallOutcome.no: _l("Does not agree"),
        CallOutcome.no_answer: _l("No answer"),
    },
)
words.say(
    PairingRefusal,
    {
        PairingRefusal.round_open: _l("There is an open list for this area already"),
        PairingRefusal.round_not_draft: _l("This list is no draft any more"),
        PairingRefusal.not_in_draft: _l("This pair does not stand in the list any more"),
        PairingRefusal.nothing_to_publish: _l(
            "There is no pair in the list that could be handed in"
        ),
        PairingRefusal.reason_missing: _l("Please choose a reason"),
        PairingRefusal.barrier: _l("These two cannot be paired now: %(barriers)s"),
        PairingRefusal.need_not_open: _l("This need is not open any more"),
        PairingRefusal.need_taken: _l("Somebody has been found for this need already"),
        PairingRefusal.helper_taken: _l("This volunteer stands in another open list"),
        PairingRefusal.helper_full: _l("This volunteer has no place left"),
        PairingRefusal.slot_taken: _l("This volunteer has another child at that time"),
        PairingRefusal.child_has_enough: _l("The child knows enough volunteers already"),
        PairingRefusal.proposer: _l(
            "You made or changed this pair, or started its list: somebody else must decide"
        ),
        PairingRefusal.is_the_helper: _l("This is about yourself: somebody else must decide"),
        PairingRefusal.not_your_office: _l("Another office decides this at the moment"),
        PairingRefusal.not_proposed: _l("This pair is not waiting for approval any more"),
        PairingRefusal.not_waiting: _l("Nobody is waiting for this answer any more"),
        PairingRefusal.decided_already: _l("This has been decided already"),
        PairingRefusal.not_ready: _l("Not everybody has agreed yet"),
        PairingRefusal.meeting_in_future: _l("This day has not come yet"),
        PairingRefusal.meeting_too_early: _l("This day is before everybody had agreed"),
        PairingRefusal.companion_missing: _l("Please say who came along"),
        PairingRefusal.willing_three: _l("You can mark at most three: take one back first"),
        PairingRefusal.not_cleared: _l("This volunteer's vetting is not complete"),
        PairingRefusal.wrong_state: _l("This cannot be done with the pair as it stands"),
        PairingRefusal.last_meeting_missing: _l("Please say when the two say goodbye"),
        PairingRefusal.answer_missing: _l("Please choose an answer"),
        PairingRefusal.has_account: _l("This volunteer answers on the own phone"),
        PairingRefusal.still_looked_into: _l("Something about this is still being looked into"),
        PairingRefusal.consent_missing: _l("The guardian's consent is missing"),
        PairingRefusal.team_full: _l("A team has five volunteers at most"),
        PairingRefusal.team_goes_on: _l("Others of the team go on: the need does not end"),
        PairingRefusal.in_the_team: _l("This volunteer comes to the child already"),
        PairingRefusal.leads_already: _l("This volunteer leads the team already"),
        PairingRefusal.papers_missing: _l("Something is still missing: please look at the list"),
    },
)
