"""What pairings do when word comes from below: a paper ran out, consent was taken back, a need or
a file was closed, somebody answered. And what a report about a helper stops."""

from __future__ import annotations

from jiedui.access import actions as access
from jiedui.access.rules import GrantLevel
from jiedui.children.rules import MergeRefusal, Purpose
from jiedui.core.actors import SYSTEM, By
from jiedui.core.errors import Refusal
from jiedui.core.happenings import (
    AnswerGiven,
    ChildClosed,
    ConsentWithdrawn,
    FilesJoined,
    HelperCapacityLowered,
    HelperCleared,
    HelperLostClearance,
    HelperReported,
    NeedClosed,
)
from jiedui.helpers.rules import HelperRefusal
from jiedui.needs.rules import NeedCloseReason
from jiedui.pairings.actions import answers, ending, life, moves
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import answers as asked
from jiedui.pairings.queries import approval
from jiedui.pairings.queries import life as find
from jiedui.pairings.rules import (
    PAIRING_MOVES,
    QUIET_PAUSES,
    CloseReason,
    EndReason,
    NeedAfter,
    PairingState,
    PauseReason,
)

UNMET = (PairingState.proposed, PairingState.approved)
GOODBYE_FIRST = (NeedCloseReason.fulfilled, NeedCloseReason.no_longer_wished)


def on_lost_clearance(word: HelperLostClearance) -> None:
    """A paper that ran out keeps proposals waiting and pauses the rest until it is renewed; a bad
    finding lets proposals go and pauses the rest with nothing open any more."""
    reason = PauseReason.paper_bad if word.bad else PauseReason.record_check_expired
    for pairing in find.living_of_helper(word.helper_id):
        if pairing.state in UNMET:
            if word.bad:
                _let_go(pairing, EndReason.clearance_lost, by=SYSTEM)
        else:
            _stop(pairing, reason, by=SYSTEM)


def on_cleared(word: HelperCleared) -> None:
    """Papers are good again: what paused for them goes on, what waited for them is settled."""
    for pairing in find.living_of_helper(word.helper_id):
        if pairing.state is PairingState.approved:
            answers.settle(pairing.id, by=SYSTEM)
        elif pairing.pause_reason is PauseReason.record_check_expired:
            _go_on(pairing)


def on_answer(word: AnswerGiven) -> None:
    """A guardian or a child has answered on a pairing; or consent to matching is back."""
    if word.purpose == Purpose.pairing and word.about_id is not None:
        answers.settle(word.about_id, by=SYSTEM)
        _heed(moves.locked(word.about_id))
    if word.purpose != Purpose.matching:
        return
    for pairing in find.living_for_children([word.child_id]):
        if pairing.pause_reason is PauseReason.consent_withdrawn:
            _go_on(pairing)


def _heed(pairing: Pairing) -> None:
    """A pair from before ends when guardian or child says no to it now."""
    if pairing.state is PairingState.legacy:
        said = asked.said(pairing)
        if said.guardian is False:
            _end(pairing, CloseReason.guardian_withdrew, NeedAfter.reopen)
        elif said.child is False:
            _end(pairing, CloseReason.child_wish, NeedAfter.reopen)


def on_consent_withdrawn(word: ConsentWithdrawn) -> None:
    """Consent to one helper taken back ends that pairing; consent to help at all taken back stops
    every pairing of the child: those not met go, the others pause with nothing open."""
    if word.purpose == Purpose.activity:
        return
    for pairing in find.living_for_children([word.child_id]):
        if word.purpose == Purpose.pairing and pairing.id != word.about_id:
            continue
        if pairing.state in UNMET:
            _let_go(pairing, EndReason.consent_withdrawn, by=SYSTEM)
        elif word.purpose == Purpose.pairing:
            _end(pairing, CloseReason.guardian_withdrew, NeedAfter.reopen)
        else:
            _stop(pairing, PauseReason.consent_withdrawn, by=SYSTEM)


def on_files_joined(word: FilesJoined) -> None:
    """A file with a living pairing is the one to keep: nobody's friend changes files."""
    if find.living_for_children([word.double_id]):
        raise Refusal(MergeRefusal.keep_the_paired)


def on_child_closed(word: ChildClosed) -> None:
    """A child has left: pairings for this child alone end; one with brothers and sisters goes on
    for them, and this child is open to no helper any more."""
    access.end_grants_to(("child", word.child_id), GrantLevel.visit)
    for pairing in find.living_for_children([word.child_id]):
        if all(child.id == word.child_id for child in pairing.need.children):
            _end_or_let_go(pairing, CloseReason.child_moved)


def on_need_closed(word: NeedClosed) -> None:
    """A need has ended: so does what was proposed for it. Two who have met are to say goodbye
    first, unless the child has left or consent is gone."""
    for pairing in find.living_of_need(word.need_id):
        kind = pairing.need.close_reason
        if pairing.state in (PairingState.trial, PairingState.active) and kind in GOODBYE_FIRST:
            ending.begin(moves.locked(pairing.id), CloseReason.need_closed, by=SYSTEM)
        else:
            _end_or_let_go(pairing, CloseReason.need_closed)


def on_capacity_lowered(word: HelperCapacityLowered) -> None:
    """Fewer children than now cannot be wished: a pairing ends first. Refuses."""
    if len(find.living_of_helper(word.helper_id)) > word.capacity:
        raise Refusal(HelperRefusal.capacity_below_pairings, "capacity")


def on_reported(word: HelperReported) -> None:
    """A report about a helper stops what they do with children."""
    pause_for_report(word.helper_id, by=SYSTEM)


def pause_for_report(helper_id: int, *, by: By) -> int:
    """Somebody has reported about a helper: nothing goes on until it has been looked into. Says
    how many pairings were stopped; may run twice."""
    stopped = 0
    for pairing in find.living_of_helper(helper_id):
        if pairing.state in UNMET:
            _let_go(pairing, EndReason.being_looked_into, by=by)
            stopped += 1
        else:
            stopped += _stop(pairing, PauseReason.being_looked_into, by=by)
    return stopped


def stop_for_family(pairing: Pairing, *, by: By) -> None:
    """The family wants it to stop: what nobody has met ends, what lives pauses with nothing open
    until somebody has spoken with them. A goodbye under way goes on being planned, paused too."""
    if pairing.state in UNMET:
        _let_go(pairing, EndReason.consent_withdrawn, by=by)
    else:
        _stop(pairing, PauseReason.family_wish, by=by)


def _go_on(pairing: Pairing) -> None:
    locked = moves.locked(pairing.id)
    if locked.state is PairingState.paused and approval.barrier(locked) is None:
        life.resume(locked, by=SYSTEM)


def _let_go(pairing: Pairing, reason: EndReason, *, by: By) -> None:
    locked = moves.locked(pairing.id)
    if locked.state in UNMET:
        answers.release(locked, PairingState.expired, by=by, reason=reason)


def _stop(pairing: Pairing, reason: PauseReason, *, by: By) -> bool:
    """Pause, or say the graver reason of a pause that is on already."""
    locked = moves.locked(pairing.id)
    if locked.state is PairingState.paused:
        return _worsen(locked, reason, by=by)
    if not PAIRING_MOVES.allows(locked.state, PairingState.paused):
        return False
    life.pause(locked, reason, by=by)
    return True


def _worsen(pairing: Pairing, reason: PauseReason, *, by: By) -> bool:
    """A paused pairing keeps the reason that stops most: being looked into, a bad paper, consent
    taken back, a paper that ran out, and last somebody's absence."""
    order = (
        PauseReason.being_looked_into,
        PauseReason.paper_bad,
        PauseReason.consent_withdrawn,
        PauseReason.record_check_expired,
        PauseReason.family_wish,
        *QUIET_PAUSES,
    )
    if pairing.pause_reason is None or order.index(reason) >= order.index(pairing.pause_reason):
        return False
    pairing.pause_reason = reason
    moves.note_move(pairing, pairing.state, by=by, reason=reason.value)
    moves.keep_grants(pairing)
    return True


def _end_or_let_go(pairing: Pairing, reason: CloseReason) -> None:
    if pairing.state in UNMET:
        _let_go(pairing, EndReason.need_closed, by=SYSTEM)
    else:
        _end(pairing, reason, NeedAfter.reopen)


def _end(pairing: Pairing, reason: CloseReason, after: NeedAfter) -> None:
    locked = moves.locked(pairing.id)
    if locked.state is not PairingState.closing:
        ending.begin(locked, locked.close_reason or reason, by=SYSTEM)
    ending.finish(locked, after, by=SYSTEM)
