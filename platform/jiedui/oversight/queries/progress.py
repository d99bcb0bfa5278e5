"""How far children have got on the way to somebody who comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from jiedui.children.models import ChildView, Consent
from jiedui.children.rules import Answer, Purpose
from jiedui.core import clock, db
from jiedui.hours import queries as hours
from jiedui.needs.models import Need, NeedChild
from jiedui.needs.rules import NeedState
from jiedui.oversight.rules.pilot import LATELY, Stage
from jiedui.pairings.rules import LIVING, PairingState


def reached(kids: Any, pairs: Sequence[Any]) -> Iterator[Stage]:
    """How far each child on file has got with what lives now."""
    asked, consented = _asked(kids), _consented(kids)
    living = defaultdict(list)
    for pair in pairs:
        if pair.state in LIVING:
            living[pair.need_id].append(pair)
    held = hours.held([p.id for many in living.values() for p in many])
    wishes = _wishes(kids)
    for child in db.session.scalars(kids):
        stages = [Stage.known]
        stages += [Stage.asked] if child in asked else []
        stages += [Stage.consented] if child in consented else []
        for need, state in wishes[child]:
            stages += [Stage.wished] if state is not NeedState.waiting else []
            stages += [_stage(pair, held) for pair in living[need]]
        yield max(stages, key=list(Stage).index)


def _stage(pair: Any, held: dict[int, tuple[int, date]]) -> Stage:
    if pair.id in held and held[pair.id][1] >= clock.today() - LATELY:
        return Stage.served
    if pair.first_meeting_on is not None or pair.state is PairingState.legacy:
        return Stage.met
    if pair.ready_at is not None:
        return Stage.agreed
    return Stage.approved if pair.approved_at is not None else Stage.proposed


def _asked(kids: Any) -> set[int]:
    said = select(Consent.child_id).where(
        Consent.purpose == Purpose.matching, Consent.child_id.in_(kids)
    )
    return set(db.session.scalars(said))


def _consented(kids: Any) -> set[int]:
    """A guardian's yes that has not been taken back, and a child's yes."""
    yes = select(Consent.child_id).where(
        Consent.purpose == Purpose.matching,
        Consent.answer == Answer.yes,
        Consent.withdrawn_at.is_(None),
        Consent.child_id.in_(kids),
    )
    view = select(ChildView.child_id).where(
        ChildView.purpose == Purpose.matching, ChildView.answer == Answer.yes
    )
    return set(db.session.scalars(yes.where(Consent.child_id.in_(view))))


def _wishes(kids: Any) -> dict[int, list[tuple[int, NeedState]]]:
    rows = (
        select(NeedChild.child_id, Need.id, Need.state)
        .join(Need, Need.id == NeedChild.need_id)
        .where(NeedChild.child_id.in_(kids), Need.state != NeedState.closed)
    )
    found: dict[int, list[tuple[int, NeedState]]] = defaultdict(list)
    for child, need, state in db.session.execute(rows):
        found[child].append((need, state))
    return found
