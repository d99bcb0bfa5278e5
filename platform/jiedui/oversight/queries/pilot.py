"""How pairing comes along in a region, from the records alone; figures, no names are opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select

from jiedui.children.models import Child, ChildView
from jiedui.children.rules import AskedHow, ChildState
from jiedui.core import clock, db
from jiedui.needs.models import Need, NeedChild
from jiedui.oversight.queries.progress import reached
from jiedui.oversight.queries.steps import took, waiting
from jiedui.oversight.rules.pilot import (
    ALIVE_AFTER,
    MET_WITHIN,
    NOTHING_AFTER,
    Leg,
    Share,
    Spread,
    Stage,
    alive,
    funnel,
    met_within,
    spread,
)
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import PairingState
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

P = PairingState


@dataclass(frozen=True)
class Pilot:
    """The figures of a region today. `waiting` counts what stands at each step now."""

    funnel: dict[Stage, int]
    took: dict[Leg, Spread]
    waiting: dict[Leg, Spread]
    met: dict[int, Share]
    nothing: Share
    alive: dict[int, Share]
    goodbyes: Share
    alone: Share


def of_region(region: Region) -> Pilot:
    """All figures of one county or township."""
    inside = regions.ids_within(region.path)
    kids = select(Child.id).where(Child.village_id.in_(inside), Child.state == ChildState.open)
    ours = (
        select(NeedChild.need_id)
        .join(Child, Child.id == NeedChild.child_id)
        .where(Child.village_id.in_(inside))
        .distinct()
    )
    needs = list(db.session.execute(_needs().where(Need.id.in_(ours))))
    pairs = list(db.session.execute(_pairs().where(Pairing.need_id.in_(ours))))
    first = _first_meetings(pairs)
    today = clock.today()
    raised = [(clock.local(n.raised_at).date(), first.get(n.id)) for n in needs]
    late = met_within(raised, NOTHING_AFTER, today)
    lives = [(p.first_meeting_on, p.closed_on) for p in pairs if p.first_meeting_on]
    return Pilot(
        funnel=funnel(reached(kids, pairs)),
        took={leg: spread(days) for leg, days in took(needs, pairs, today).items()},
        waiting={leg: spread(days) for leg, days in waiting(needs, pairs).items()},
        met={days: met_within(raised, days, today) for days in MET_WITHIN},
        nothing=Share(late.whole - late.part, late.whole),
        alive={days: alive(lives, days, today) for days in ALIVE_AFTER},
        goodbyes=_goodbyes(pairs),
        alone=_alone(kids),
    )


def _needs() -> Any:
    return select(Need.id, Need.state, Need.raised_at, Need.open_since)


def _pairs() -> Any:
    return select(
        Pairing.id, Pairing.need_id, Pairing.state, Pairing.proposed_at, Pairing.approved_at,
        Pairing.accepted_at, Pairing.ready_at, Pairing.first_meeting_on, Pairing.closed_on,
        Pairing.goodbye_on, Need.open_since,
    ).join(Need, Need.id == Pairing.need_id)  # fmt: skip


def _first_meetings(pairs: Sequence[Any]) -> dict[int, date]:
    found: dict[int, date] = {}
    for pair in pairs:
        day = pair.first_meeting_on
        if day is not None:
            found[pair.need_id] = min(day, found.get(pair.need_id, day))
    return found


def _goodbyes(pairs: Sequence[Any]) -> Share:
    """Of the pairings that had met and have ended how many with a goodbye."""
    ended = [p for p in pairs if p.state is P.closed and p.first_meeting_on is not None]
    return Share(sum(p.goodbye_on is not None for p in ended), len(ended))


def _alone(kids: Any) -> Share:
    """Of what children have said how much was said alone."""
    said = select(
        func.count(), func.sum(case((ChildView.how == AskedHow.alone, 1), else_=0))
    ).where(ChildView.child_id.in_(kids), ChildView.asked_by.is_not(None))
    whole, part = db.session.execute(said).one()
    return Share(int(part or 0), whole)
