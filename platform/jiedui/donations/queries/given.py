"""What one giver gave, and what became of it in a year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.core import clock, db
from jiedui.donations.models import Gift
from jiedui.donations.queries import gifts
from jiedui.donations.queries.tracing import Trace, trace
from jiedui.donations.rules.books import GiftForm, Thanks
from jiedui.donations.rules.statements import Fact, Line, Span, lines
from jiedui.donations.rules.tracing import Stage


@dataclass(frozen=True)
class Given:
    """A gift: all that moved up to the end of a span (`line`), and within it (`within`). `came` is
    what had come by then."""

    gift: Gift
    line: Line
    within: Line
    trace: Trace
    came: int

    @property
    def received(self) -> date | None:
        """When it was received."""
        return self.trace.last(Stage.received)


@dataclass(frozen=True)
class Year:
    """What a giver's gifts were in a span: each of them, sums of money (fen) and of pieces, to how
    many townships that may be named, and what families said."""

    giver: str
    span: Span
    given: list[Given]
    fen: int
    pieces: int
    places: list[str]
    thanks: list[tuple[Thanks, int]]


def of_unit(unit_id: int) -> list[Gift]:
    """A unit's gifts, newest first."""
    found = select(Gift).where(Gift.unit_id == unit_id)
    found = found.options(joinedload(Gift.stock), joinedload(Gift.receiver), joinedload(Gift.unit))
    return list(db.session.scalars(found.order_by(Gift.id.desc())))


def of_same_giver(gift: Gift) -> list[Gift]:
    """All gifts of whoever gave this one, newest first; persons are the same by name and phone."""
    if gift.unit_id is not None:
        return of_unit(gift.unit_id)
    mine = Gift.county_id == gift.county_id, Gift.unit_id.is_(None)
    found = select(Gift).where(*mine).order_by(Gift.id.desc())
    same = (gift.giver_name, gift.giver_phone)
    return [one for one in db.session.scalars(found) if (one.giver_name, one.giver_phone) == same]


def year(own: list[Gift], giver: str, span: Span) -> Year:
    """What these gifts were in a span: those that were offered, moved or came within it."""
    given = [one for gift in own if (one := _given(gifts.get(gift.id), span)) is not None]
    received = [(one.gift.form, one.within.received) for one in given]
    places = {share.place for one in given for share in one.trace.shares if share.place}
    return Year(
        giver=giver,
        span=span,
        given=given,
        fen=sum(n for form, n in received if form is GiftForm.funds),
        pieces=sum(n for form, n in received if form is GiftForm.goods),
        places=sorted(places),
        thanks=_thanks(given, span),
    )


def _given(gift: Gift, span: Span) -> Given | None:
    way = trace(gift)
    if not any(span.holds(step.on) for step in way.steps):
        return None
    ever = Span(min(step.on for step in way.steps), span.end)
    came = [one.amount for one in way.steps if one.stage is Stage.came and one.on <= span.end]
    return Given(gift, _line(gift, ever), _line(gift, span), way, sum(came))


def _line(gift: Gift, span: Span) -> Line:
    found = lines(_facts(gift), span)
    return found[0] if found else Line("", gift.form, gift.kind)


def _facts(gift: Gift) -> list[Fact]:
    return [
        Fact("", gift.form, gift.kind, one.on, one.source, one.target, one.amount)
        for one in gifts.entries(gift.id)
    ]


def _thanks(given: list[Given], span: Span) -> list[tuple[Thanks, int]]:
    said: Counter[Thanks] = Counter()
    for one in given:
        for step in one.trace.steps:
            if span.holds(step.on):
                said.update(dict(step.thanks))
    return sorted(said.items(), key=lambda row: (-row[1], row[0]))


def years(own: list[Gift]) -> list[int]:
    """The years in which something may have happened to these gifts, newest first."""
    this = clock.today().year
    first = min((clock.local(one.recorded_at).year for one in own), default=this)
    return list(range(this, first - 1, -1))
