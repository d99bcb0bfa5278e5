"""Of a pairing of which nothing is heard the next person is told, once for each step."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from jiedui.core import audit, clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.outbox import LetterKind
from jiedui.followup.models import SilenceNotice
from jiedui.followup.queries import last_heard
from jiedui.followup.rules.silence import INTERVAL, Step, steps_until
from jiedui.pairings.actions import moves
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import SERVING, PairingState

Tell = Callable[[Pairing, LetterKind], None]
TOLD: dict[Step, tuple[LetterKind, tuple[Tell, ...]]] = {
    Step.helper: (LetterKind.pairing_silent, (moves.tell_helper,)),
    Step.village: (LetterKind.pairing_silent, (moves.tell_village,)),
    Step.office: (LetterKind.pairing_silent, (moves.tell_office,)),
    Step.closing: (LetterKind.closing_proposed, (moves.tell_village, moves.tell_office)),
}


def tell_of_silence(pairing_id: int) -> int:
    """Tell whoever is to hear of a pairing's silence today and has not; says how many steps were
    new. A step that was missed (the portal stood still) is told with the later ones. May run
    twice: a step is told once a silence."""
    pairing = moves.locked(pairing_id)
    last = last_heard(pairing)
    serving = pairing.state in SERVING and pairing.state is not PairingState.closing
    if last is None or not serving:
        return 0
    steps = steps_until(last, INTERVAL[pairing.need.frequency], clock.today())
    known = select(SilenceNotice.step).where(
        SilenceNotice.pairing_id == pairing.id, SilenceNotice.since == last
    )
    told = set(db.session.scalars(known))
    new = [step for step in steps if step not in told]
    for step in new:
        notice = SilenceNotice(
            county_id=pairing.county_id,
            pairing_id=pairing.id,
            since=last,
            step=step,
            told_at=clock.now(),
        )
        db.session.add(notice)
        db.session.flush()
        audit.record(Act.silence_told, notice, by=SYSTEM, step=step.value)
        kind, tells = TOLD[step]
        for tell in tells:
            tell(pairing, kind)
    return len(new)
