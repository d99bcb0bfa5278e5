"""Pausing, going on, and ending a pairing well: with a planned goodbye, a reason, and a word on
what becomes of the need."""

from __future__ import annotations

from datetime import date

from jiedui.access.rules import Actor, Role
from jiedui.core import clock
from jiedui.core.actors import By
from jiedui.core.errors import NotNow, Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.needs import actions as needs
from jiedui.needs.rules import NeedCloseReason, NeedState
from jiedui.pairings.actions import life, moves
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import approval, teams
from jiedui.pairings.rules import (
    AT_ONCE,
    FOR_CAUSE,
    HELPER_CLOSES,
    HELPER_PAUSES,
    PAIRING_MOVES,
    QUIET_PAUSES,
    STAFF_CLOSES,
    STAFF_PAUSES,
    CloseReason,
    NeedAfter,
    PairingRefusal,
    PairingState,
    PauseReason,
    Wanted,
)


def is_helper(actor: Actor) -> bool:
    """Whether somebody acts as the helper, not for an office or a village."""
    return actor.role in (Role.volunteer, Role.social_worker)


def pauses_for(actor: Actor) -> tuple[PauseReason, ...]:
    """The reasons this person may pause for."""
    return HELPER_PAUSES if is_helper(actor) else STAFF_PAUSES


def closes_for(actor: Actor) -> tuple[CloseReason, ...]:
    """The reasons this person may end for."""
    return HELPER_CLOSES if is_helper(actor) else STAFF_CLOSES


def _to_change(pairing_id: int, new: PairingState, version: int | None) -> Pairing:
    pairing = moves.locked(pairing_id)
    if not PAIRING_MOVES.allows(pairing.state, new):
        raise Refusal(PairingRefusal.wrong_state)
    fresh(pairing.version, version)
    return pairing


def pause(
    pairing_id: int, reason: PauseReason, *, by: Actor, version: int | None = None
) -> Pairing:
    """Pause for a reason that this person may give."""
    pairing = _to_change(pairing_id, PairingState.paused, version)
    if reason not in pauses_for(by):
        raise NotNow
    life.pause(pairing, reason, by=by)
    return pairing


def resume(pairing_id: int, *, by: Actor, version: int | None = None) -> Pairing:
    """Go on after a pause. Refuses while a paper or a consent is missing; a pause for a look into
    something is ended by an office only, and a helper ends only quiet ones."""
    pairing = moves.locked(pairing_id)
    fault = resume_fault(pairing, by)
    if fault is not None:
        raise Refusal(fault)
    fresh(pairing.version, version)
    life.resume(pairing, by=by)
    return pairing


def resume_fault(pairing: Pairing, by: Actor) -> PairingRefusal | None:
    """Why this person may not let a pairing go on now; None when they may."""
    why = pairing.pause_reason
    if pairing.state is not PairingState.paused:
        return PairingRefusal.wrong_state
    if why is PauseReason.being_looked_into and by.role is not Role.coordinator:
        return PairingRefusal.still_looked_into
    if is_helper(by) and why not in QUIET_PAUSES:
        return PairingRefusal.wrong_state
    return approval.barrier(pairing)


def plan_end(
    pairing_id: int,
    reason: CloseReason,
    goodbye_on: date | None,
    *,
    by: Actor,
    version: int | None = None,
    wanted_by: Wanted | None = None,
) -> Pairing:
    """Begin to end a pairing: why, who wanted it (the helper, of their own), and on which day the
    two say goodbye. When safety or a broken
    rule is the reason there is no goodbye: it ends at once, and the need is matched again."""
    pairing = _to_change(pairing_id, PairingState.closing, version)
    if reason not in closes_for(by):
        raise NotNow
    pairing.wanted_by = Wanted.helper if is_helper(by) else wanted_by
    if not may_say_goodbye(pairing, reason):
        begin(pairing, reason, by=by)
        finish(pairing, NeedAfter.reopen, by=by)
        return pairing
    if goodbye_on is None:
        raise Refusal(PairingRefusal.last_meeting_missing, "goodbye_on")
    begin(pairing, reason, by=by, goodbye_on=goodbye_on)
    return pairing


def may_say_goodbye(pairing: Pairing, reason: CloseReason) -> bool:
    """Whether the two may meet once more: they have met, safety does not forbid it, and no paper
    or consent is missing."""
    stopped = pairing.pause_reason is not None and pairing.pause_reason not in QUIET_PAUSES
    return pairing.first_meeting_on is not None and reason not in AT_ONCE and not stopped


def begin(pairing: Pairing, reason: CloseReason, *, by: By, goodbye_on: date | None = None) -> None:
    """The pairing is about to end; those concerned hear of it."""
    pairing.close_reason, pairing.goodbye_on = reason, goodbye_on
    moves.move(pairing, PairingState.closing, by=by, reason=reason.value)
    if goodbye_on is not None:
        for tell in (moves.tell_helper, moves.tell_village, moves.tell_office):
            tell(pairing, LetterKind.pairing_closing)


def close(
    pairing_id: int,
    said_goodbye_on: date,
    after: NeedAfter,
    *,
    by: Actor,
    version: int | None = None,
) -> Pairing:
    """The goodbye has been said (or could not be): the pairing is closed."""
    pairing = _to_change(pairing_id, PairingState.closed, version)
    if said_goodbye_on > clock.today():
        raise Refusal(PairingRefusal.meeting_in_future, "said_goodbye_on")
    if after is NeedAfter.close and teams.others_of(pairing):
        raise Refusal(PairingRefusal.team_goes_on, "after")
    pairing.goodbye_on = said_goodbye_on
    finish(pairing, after, by=by)
    return pairing


def finish(pairing: Pairing, after: NeedAfter, *, by: By) -> None:
    """The end: grants are closed, the pair is remembered when it ended for cause, and the need is
    matched again or ends too."""
    reason = pairing.close_reason
    pairing.closed_on = clock.today()
    moves.move(pairing, PairingState.closed, by=by, reason=reason.value if reason else None)
    if reason in FOR_CAUSE:
        moves.remember(pairing, reason.value, by=by)
    for tell in (moves.tell_helper, moves.tell_village, moves.tell_office):
        tell(pairing, LetterKind.pairing_closed)
    if after is not NeedAfter.close:
        moves.give_back(pairing, by=by)
    elif pairing.need.state is not NeedState.closed:
        needs.close_need(pairing.need, NeedCloseReason.fulfilled, by=by)
