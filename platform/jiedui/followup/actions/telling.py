"""When a clock of a pairing has run, the next person is told, once for each step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from jiedui.core import audit, clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.outbox import LetterKind
from jiedui.followup.models import ClockNotice
from jiedui.followup.queries import clocks_of
from jiedui.followup.rules.clocks import Step, come
from jiedui.pairings.actions import moves
from jiedui.pairings.models import Pairing

Tell = Callable[[Pairing, LetterKind], None]
TOLD: dict[Step, tuple[LetterKind, tuple[Tell, ...]]] = {
    Step.remind: (LetterKind.card_waiting, (moves.tell_helper,)),
    Step.unanswered: (LetterKind.card_unanswered, (moves.tell_office,)),
    Step.not_met: (LetterKind.meeting_missing, (moves.tell_township, moves.tell_office)),
    Step.helper: (LetterKind.pairing_silent, (moves.tell_helper,)),
    Step.village: (LetterKind.pairing_silent, (moves.tell_village,)),
    Step.office: (LetterKind.pairing_silent, (moves.tell_office,)),
    Step.closing: (LetterKind.closing_proposed, (moves.tell_village, moves.tell_office)),
}


def tell_what_is_due(pairing_id: int) -> int:
    """Tell whoever is to hear of a pairing today and has not; says how many steps were new. A step
    that was missed (the portal stood still) is told with the later ones. May run twice: a step is
    told once since the same day."""
    pairing = moves.locked(pairing_id)
    since, clocks = clocks_of(pairing)
    if since is None:
        return 0
    known = select(ClockNotice.step).where(
        ClockNotice.pairing_id == pairing.id, ClockNotice.since == since
    )
    told = set(db.session.scalars(known))
    new = [step for step in come(clocks, clock.today()) if step not in told]
    for step in new:
        _tell(pairing, since, step)
    return len(new)


def _tell(pairing: Pairing, since: date, step: Step) -> None:
    notice = ClockNotice(
        county_id=pairing.county_id,
        pairing_id=pairing.id,
        since=since,
        step=step,
        told_at=clock.now(),
    )
    db.session.add(notice)
    db.session.flush()
    audit.record(Act.clock_told, notice, by=SYSTEM, step=step.value)
    kind, tells = TOLD[step]
    for tell in tells:
        tell(pairing, kind)
