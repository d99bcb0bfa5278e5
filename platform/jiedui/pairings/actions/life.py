"""The steps of a living pairing: proposed, met, tried, paused, gone on with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM, By
from jiedui.core.errors import Missing, Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.needs import actions as need_actions
from jiedui.needs import queries as needs
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.pairings.actions import moves
from jiedui.pairings.models import Pairing, Suggestion
from jiedui.pairings.queries import life, places
from jiedui.pairings.rules import PairingRefusal, PairingState, PauseReason
from jiedui.pairings.rules.decisions import Fit, Offer, offer_fault, trial_over
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting

T = TypeVar("T")
UNKNOWN = Fit()


def _held(table: type[T], key: int) -> T:
    found = db.lock(table, key)
    if found is None:
        raise Missing
    return found


def propose(
    need: Need,
    helper: Helper,
    *,
    slot: int | None,
    suggestion: Suggestion | None = None,
    fit: Fit = UNKNOWN,
    proposers: list[int],
    by: By,
) -> Pairing:
    """Put a pair before its owning office. It takes a seat and a slot of the helper and a place
    of the need from now on; refuses when one of them is not there any more."""
    db.session.flush()  # what this act has changed already must not be read over
    helper, need = _held(Helper, helper.id), _held(Need, need.id)
    for child in sorted(need.children, key=lambda c: c.id):
        _held(Child, child.id)  # two helpers at once must not pass the child's limit
    offer = _offer(need, helper, slot)
    fault = offer_fault(offer)
    if fault is not None:
        raise Refusal(fault)
    pairing = Pairing(
        county_id=need.county_id,
        need=need,
        need_seat=offer.place,
        helper=helper,
        seat=offer.seat,
        slot=slot,
        state=PairingState.proposed,
        office=needs.office_for(need),
        suggestion=suggestion,
        score=fit.score,
        km=fit.km,
        minutes=fit.minutes,
        features=fit.features,
        proposed_at=clock.now(),
        proposers=sorted(set(proposers)),
    )
    db.session.add(pairing)
    db.session.flush()  # the move and the letters speak of it by its id
    moves.note_move(pairing, None, by=by)
    fill(need, by=by)
    moves.tell_office(pairing, LetterKind.proposal_waiting)
    return pairing


def _offer(need: Need, helper: Helper, slot: int | None) -> Offer:
    own = life.living_of_helper(helper.id)
    return Offer(
        need_open=need.state is NeedState.open,
        cleared=helpers.is_cleared(helper),
        seat=places.free_seat(helper),
        place=places.free_place(need),
        slot_free=slot is None or slot not in {p.slot for p in own},
        pair_lives=need.id in {p.need_id for p in own},
        helpers_of_child=places.helpers_of_children(need, besides=helper.id),
        helpers_most=regions.setting(need.county_id, Setting.helpers_per_child),
    )


def fill(need: Need, *, by: By) -> None:
    """A need whose places are all taken is met and is not matched any more."""
    if need.state is NeedState.open and places.free_place(need) is None:
        need_actions.mark_met(need, by=by)


def meet(
    pairing_id: int, met_on: date, accompanied_by: str, *, by: By, version: int | None = None
) -> Pairing:
    """Record the first meeting and who was there besides the two; the trial begins."""
    pairing = moves.locked(pairing_id)
    if pairing.state is not PairingState.ready:
        raise Refusal(PairingRefusal.not_ready)
    fresh(pairing.version, version)
    if met_on > clock.today():
        raise Refusal(PairingRefusal.meeting_in_future, "met_on")
    if pairing.ready_at and met_on < clock.local(pairing.ready_at).date():
        raise Refusal(PairingRefusal.meeting_too_early, "met_on")
    if not accompanied_by:
        raise Refusal(PairingRefusal.companion_missing, "accompanied_by")
    if not helpers.is_cleared(pairing.helper):
        raise Refusal(PairingRefusal.not_cleared)
    pairing.first_meeting_on, pairing.accompanied_by = met_on, accompanied_by
    moves.move(pairing, PairingState.trial, by=by)
    return pairing


def finish_trial(pairing_id: int) -> bool:
    """After the trial days a pairing is active; True when it has become so now."""
    pairing = moves.locked(pairing_id)
    days = regions.setting(pairing.county_id, Setting.trial_days)
    if pairing.state is not PairingState.trial or pairing.first_meeting_on is None:
        return False
    if not trial_over(pairing.first_meeting_on, days, clock.today()):
        return False
    moves.move(pairing, PairingState.active, by=SYSTEM)
    return True


def trial_began_by(county_id: int) -> date:
    """Whoever first met on this day or before has tried long enough."""
    days: int = regions.setting(county_id, Setting.trial_days)
    return clock.today() - timedelta(days=days)


def pause(pairing: Pairing, reason: PauseReason, *, by: By) -> None:
    """Pause a pairing; unless the reason is a quiet one its grants end now."""
    pairing.paused_from, pairing.pause_reason = pairing.state.value, reason
    moves.move(pairing, PairingState.paused, by=by, reason=reason.value)
    moves.tell_helper(pairing, LetterKind.pairing_paused)
    moves.tell_village(pairing, LetterKind.pairing_paused)


def resume(pairing: Pairing, *, by: By) -> None:
    """Go on from where the pause began. The caller has seen that nothing stands in the way."""
    moves.move(pairing, PairingState(pairing.paused_from), by=by)  # type: ignore[arg-type]
    fill(pairing.need, by=by)
    moves.tell_helper(pairing, LetterKind.pairing_resumed)
    moves.tell_village(pairing, LetterKind.pairing_resumed)
