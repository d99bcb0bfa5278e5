"""A gift by the number its giver holds, and where all of it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from jiedui.core import clock, db
from jiedui.donations.models import Gift
from jiedui.donations.queries import gifts
from jiedui.donations.rules.tracing import LEFT, Moved, Part, Share, Stage, Step, shares, steps


@dataclass(frozen=True)
class Trace:
    """The way of a gift: its steps, oldest first; how much went where; what came, and what is on
    its way (pieces or fen)."""

    steps: list[Step]
    shares: list[Share]
    came: int
    under_way: int

    def last(self, stage: str) -> date | None:
        """The latest day on which this happened."""
        return next((step.on for step in reversed(self.steps) if step.stage == stage), None)


def by_number(number: str) -> Gift | None:
    """The gift with this number, whole; None if there is none."""
    found = db.session.scalar(select(Gift.id).where(Gift.number == number))
    return None if found is None else gifts.get(found)


def trace(gift: Gift) -> Trace:
    """Where a gift is now, and how it came there; no child, no village, no word of a wish."""
    parts = _parts(gift)
    entries = [
        Moved(one.on, one.source, one.target, one.amount, one.reverses is not None)
        for one in gifts.entries(gift.id)
    ]
    came = sum(part.amount for part in parts if part.state in LEFT)
    return Trace(
        steps=[*_before(gift), *steps(entries, parts)],
        shares=shares(parts),
        came=came,
        under_way=gift.stock.allocated - came,
    )


def _day(at: datetime | None) -> date | None:
    return None if at is None else clock.local(at).date()


def _before(gift: Gift) -> list[Step]:
    """What happened before there were books; what has no day was before days were kept."""
    days = (
        (Stage.offered, _day(gift.recorded_at)),
        (Stage.accepted, _day(gift.accepted_at)),
        (Stage.refused, _day(gift.refused_at)),
    )
    return [Step(stage, on, gift.amount) for stage, on in days if on is not None]


def _parts(gift: Gift) -> list[Part]:
    return [
        Part(
            township=one.wish.township,
            amount=one.amount,
            state=one.state,
            sent=_day(one.dispatched_at),
            came=_day(one.confirmed_at),
            thanks=one.thanks,
        )
        for one in gift.allotments
    ]
