"""The three yeses after approval: the helper's, the guardian's, the child's. Any no ends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jiedui.children import actions as children
from jiedui.children.actions import ConsentSaid, ViewSaid
from jiedui.children.models import Child
from jiedui.children.rules import Answer, AskedHow, Purpose
from jiedui.core import clock
from jiedui.core.actors import SYSTEM, By
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.helpers import queries as helpers
from jiedui.pairings.actions import moves
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import answers, approval
from jiedui.pairings.rules import EndReason, PairingRefusal, PairingState
from jiedui.pairings.rules.decisions import NOT_ANSWERED_DAYS, after_answers


def accept(pairing_id: int, *, by: By, version: int | None = None) -> Pairing:
    """The helper's yes, by the helper or by who has called one without an account."""
    pairing = _waiting(pairing_id, version)
    if pairing.accepted_at is not None:
        raise Refusal(PairingRefusal.decided_already)
    if not helpers.is_cleared(pairing.helper):
        raise Refusal(PairingRefusal.not_cleared)
    pairing.accepted_at, pairing.accepted_by = clock.now(), by.account_id
    moves.note_move(pairing, pairing.state, by=by, reason="accepted")
    moves.tell_village(pairing, LetterKind.helper_accepted)
    _settle(pairing, by=by)
    return pairing


def decline(pairing_id: int, *, by: By, version: int | None = None) -> Pairing:
    """The helper's no: nobody's fault, no reason asked; up to the first meeting."""
    pairing = moves.locked(pairing_id)
    if pairing.state not in (PairingState.approved, PairingState.ready):
        raise Refusal(PairingRefusal.not_waiting)
    fresh(pairing.version, version)
    release(pairing, PairingState.declined, by=by)
    return pairing


def refuse(pairing: Pairing, *, by: By) -> None:
    """The family's no, told to somebody: nobody's fault, no reason asked; up to the meeting."""
    if pairing.state not in (PairingState.approved, PairingState.ready):
        raise Refusal(PairingRefusal.not_waiting)
    release(pairing, PairingState.refused, by=by)


@dataclass(frozen=True)
class Heard:
    """What one child said, asked alone or by a worker of the same sex."""

    child: Child
    answer: Answer
    how: AskedHow


def record(
    pairing_id: int,
    guardian: tuple[int, ConsentSaid] | None,
    heard: list[Heard],
    *,
    by: By,
    version: int | None = None,
) -> Pairing:
    """Record what the guardian said for all children of the pairing, and what children said.
    The children's room keeps the answers and tells us of each."""
    pairing = _asked(pairing_id, version)
    if guardian is None and not heard:
        raise Refusal(PairingRefusal.answer_missing)
    for one in heard:
        if pairing.state in ASKED:
            said = ViewSaid(one.answer, one.how, Purpose.pairing, pairing.id)
            children.record_view(one.child, said, by=by)
    for child in pairing.need.children if guardian else ():
        if pairing.state in ASKED:
            children.record_consent(child, guardian[0], guardian[1], by=by)  # type: ignore[index]
    return pairing


# A pair from before is heard as well, while it goes on.
ASKED = frozenset({PairingState.approved, PairingState.legacy})


def _waiting(pairing_id: int, version: int | None) -> Pairing:
    pairing = _asked(pairing_id, version)
    if pairing.state is not PairingState.approved:
        raise Refusal(PairingRefusal.not_waiting)
    return pairing


def _asked(pairing_id: int, version: int | None) -> Pairing:
    pairing = moves.locked(pairing_id)
    if pairing.state not in ASKED:
        raise Refusal(PairingRefusal.not_waiting)
    fresh(pairing.version, version)
    return pairing


def make_links(pairing: Pairing, guardian_id: int, *, by: By) -> list[tuple[Child, str, str]]:
    """A link and a spoken code for each child whose guardian has not answered; shown once."""
    return [
        (child, *children.make_consent_link(child, guardian_id, Purpose.pairing, pairing.id, by=by))
        for child in pairing.need.children
        if answers.guardian_said(pairing, child) is None
    ]


def settle(pairing_id: int, *, by: By) -> None:
    """Look at what has been said so far: any no ends it, three yeses open the way."""
    pairing = moves.locked(pairing_id)
    if pairing.state is PairingState.approved:
        _settle(pairing, by=by)


def _settle(pairing: Pairing, *, by: By) -> None:
    new = after_answers(answers.said(pairing))
    if new is PairingState.refused:
        release(pairing, new, by=by)
    elif new is PairingState.ready and approval.barrier(pairing) is None:
        # An expired paper keeps a pair waiting; the clock goes on, no identity is opened.
        pairing.ready_at = clock.now()
        moves.move(pairing, new, by=by)
        for tell in (moves.tell_helper, moves.tell_village, moves.tell_office):
            tell(pairing, LetterKind.pairing_ready)


def release(
    pairing: Pairing, new: PairingState, *, by: By, reason: EndReason | None = None
) -> None:
    """Let a pair go that has not met: neutrally, its seat, slot and place are free at once."""
    moves.move(pairing, new, by=by, reason=reason.value if reason else None)
    if new in (PairingState.declined, PairingState.refused):
        moves.remember(pairing, new.value, by=by)
    elif reason is EndReason.not_answered and pairing.accepted_at is None:
        until = clock.today() + timedelta(days=NOT_ANSWERED_DAYS)
        moves.remember(pairing, reason.value, by=by, until=until)
    moves.give_back(pairing, by=by)
    declined = new is PairingState.declined
    if not declined:
        moves.tell_helper(pairing, LetterKind.pairing_released)
    kind = LetterKind.helper_declined if declined else LetterKind.pairing_released
    moves.tell_village(pairing, kind)
    moves.tell_office(pairing, kind)


def run_out(pairing_id: int) -> bool:
    """Let a pairing go whose clock has run out; True when it has gone now."""
    pairing = moves.locked(pairing_id)
    late = pairing.answer_by is not None and pairing.answer_by < clock.now()
    if pairing.state is not PairingState.approved or not late:
        return False
    release(pairing, PairingState.expired, by=SYSTEM, reason=EndReason.not_answered)
    return True
