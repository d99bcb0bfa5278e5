"""The decision on a proposal: approved or rejected, by the owning office or who stands in."""

from __future__ import annotations

from collections.abc import Iterable

from jiedui.access.rules import Actor
from jiedui.core import clock
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.pairings.actions import moves
from jiedui.pairings.candidates import judge
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import approval
from jiedui.pairings.rules import PairingRefusal, PairingState, RejectReason
from jiedui.pairings.rules.decisions import answer_by
from jiedui.pairings.rules.reasons import Barrier
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting

# A pair that waits for approval takes seat, slot and place itself, and is a living pair.
TAKEN_BY_ITSELF = frozenset(
    {
        Barrier.blocked,
        Barrier.capacity,
        Barrier.no_common_slot,
        Barrier.too_few_slots,
        Barrier.child_has_enough_helpers,
    }
)


def _to_decide(pairing_id: int, by: Actor, version: int | None) -> Pairing:
    pairing = moves.locked(pairing_id)
    fault = approval.fault(pairing, by)
    if fault is not None:
        raise Refusal(fault)
    fresh(pairing.version, version)
    return pairing


def approve(pairing_id: int, *, by: Actor, version: int | None = None) -> Pairing:
    """Approve a proposal; the one clock for helper, guardian and child starts. Refuses who may
    not decide, a proposal decided already, and one that something now stands in the way of."""
    pairing = _to_decide(pairing_id, by, version)
    _judge_again(pairing)
    days = regions.setting(pairing.county_id, Setting.acceptance_days)
    pairing.approved_by, pairing.approved_for = by.account_id, by.acting_for
    pairing.approved_at = clock.now()
    pairing.answer_by = answer_by(pairing.approved_at, days)
    moves.move(pairing, PairingState.approved, by=by)
    moves.tell_helper(pairing, LetterKind.pairing_approved)
    moves.tell_village(pairing, LetterKind.pairing_approved)
    return pairing


def _judge_again(pairing: Pairing) -> None:
    """What has changed since the proposal: need, papers, consent, and every rule of the engine
    that does not speak of the room this very pairing takes up."""
    fault = approval.barrier(pairing)
    if fault is not None:
        raise Refusal(fault)
    pair = (pairing.need_id, pairing.helper_id)
    judged = judge(pairing.county_id, [pair]).get(pair)
    barriers = [b for b in judged.barriers if b not in TAKEN_BY_ITSELF] if judged else []
    if not _time_is_kept(pairing):
        barriers.append(Barrier.no_common_slot)
    if barriers:
        raise Refusal(PairingRefusal.barrier, barriers=barriers)


def _time_is_kept(pairing: Pairing) -> bool:
    """Whether both sides still have the weekly time that the pairing holds."""
    helper = {row.slot for row in pairing.helper.slots}
    child = {row.slot for row in pairing.need.slots}
    return pairing.slot is None or pairing.slot in helper & child


def approve_many(
    pairing_ids: Iterable[int], *, by: Actor
) -> tuple[list[Pairing], list[tuple[Pairing, Refusal]]]:
    """Approve what was ticked; each stands for itself, and what cannot be approved is named with
    its reason. A refusal is raised before anything is changed, so the others are not touched."""
    done: list[Pairing] = []
    left: list[tuple[Pairing, Refusal]] = []
    for pairing_id in sorted(set(pairing_ids)):
        try:
            done.append(approve(pairing_id, by=by))
        except Refusal as refusal:
            left.append((moves.locked(pairing_id), refusal))
    return done, left


def reject(
    pairing_id: int, reason: RejectReason | None, *, by: Actor, version: int | None = None
) -> Pairing:
    """Reject a proposal; the pair is not suggested again, and seat, slot and place are free."""
    pairing = _to_decide(pairing_id, by, version)
    if reason is None:
        raise Refusal(PairingRefusal.reason_missing, "reason")
    pairing.reject_reason = reason
    moves.move(pairing, PairingState.rejected, by=by, reason=reason.value)
    moves.remember(pairing, reason.value, by=by)
    moves.give_back(pairing, by=by)
    moves.tell_village(pairing, LetterKind.pairing_rejected)
    return pairing
