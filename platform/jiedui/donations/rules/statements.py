"""Statements of the books between two days: what was there, what came, what left, what is there.
Pieces and fen are never added together, nor pieces of different kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from jiedui.donations.rules.books import Account, GiftForm
from jiedui.donations.rules.goods import GoodsKind

MONTHS_MOST, QUARTERS_MOST = 12, 36  # months of a span that is split by month, by quarter


class Grouping(StrEnum):
    """What stands in a line of a statement."""

    gift = "gift"
    giver = "giver"
    township = "township"
    time = "time"


@dataclass(frozen=True)
class Span:
    """From one day to another, both counted."""

    start: date
    end: date

    def holds(self, on: date) -> bool:
        """Whether a day lies in it."""
        return self.start <= on <= self.end


@dataclass(frozen=True)
class Fact:
    """One entry of the books, of which gift and for which line (`key`); `kind` is the gift's."""

    key: str
    form: GiftForm
    kind: GoodsKind | None
    on: date
    source: Account
    target: Account
    amount: int

    @property
    def other(self) -> Account:
        """The account that is not the stock."""
        return self.target if self.source is Account.stock else self.source

    @property
    def into_stock(self) -> int:
        """What it adds to the stock; below zero where it takes."""
        return self.amount if self.target is Account.stock else -self.amount


@dataclass
class Line:
    """One line: pieces or fen. What was reversed is taken off where it had been counted, on the
    day of the reversal, so that opening and closing always agree."""

    key: str
    form: GiftForm
    kind: GoodsKind | None
    opening: int = 0
    moved: dict[Account, int] = field(default_factory=lambda: dict.fromkeys(Account, 0))

    @property
    def received(self) -> int:
        """What came into stock from the giver."""
        return self.moved[Account.giver]

    @property
    def allocated(self) -> int:
        """What left it for wishes."""
        return -self.moved[Account.allocated]

    @property
    def returned(self) -> int:
        """What went back to the giver."""
        return -self.moved[Account.returned]

    @property
    def written_off(self) -> int:
        """What was spoiled."""
        return -self.moved[Account.written_off]

    @property
    def closing(self) -> int:
        """What is in stock at the end."""
        return self.opening + sum(self.moved.values())

    @property
    def empty(self) -> bool:
        """Whether nothing was there and nothing moved."""
        return not self.opening and not any(self.moved.values())


Cell = tuple[str, GiftForm, GoodsKind | None]


def lines(facts: Iterable[Fact], span: Span) -> list[Line]:
    """The statement of a span, a line for each key, form and kind that has anything to say."""
    found: dict[Cell, Line] = {}
    for fact in facts:
        if fact.on > span.end:
            continue
        cell = fact.key, fact.form, fact.kind
        line = found.setdefault(cell, Line(*cell))
        if fact.on < span.start:
            line.opening += fact.into_stock
        else:
            line.moved[fact.other] += fact.into_stock
    return [line for line in found.values() if not line.empty]


@dataclass(frozen=True)
class Bound:
    """What was allocated to a child of a township: when, and when it came. An allocation that was
    taken back stands here twice, the second time below zero."""

    township: str
    form: GiftForm
    kind: GoodsKind
    amount: int
    on: date
    came: date | None = None


@dataclass(frozen=True)
class TownLine:
    """A township's line: what was allocated to its children, what of any came; pieces or fen."""

    township: str
    form: GiftForm
    kind: GoodsKind
    allocated: int
    came: int


def by_township(bounds: Iterable[Bound], span: Span) -> list[TownLine]:
    """What a span brought to each township, by kind."""
    sums: dict[tuple[str, GiftForm, GoodsKind], list[int]] = defaultdict(lambda: [0, 0])
    for one in bounds:
        cell = sums[one.township, one.form, one.kind]
        cell[0] += one.amount if span.holds(one.on) else 0
        cell[1] += one.amount if one.came and span.holds(one.came) else 0
    found = [TownLine(*key, *values) for key, values in sorted(sums.items())]
    return [line for line in found if line.allocated or line.came]


def parts(span: Span) -> list[Span]:
    """A span month by month; a longer one by quarters, a very long one by years."""
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1
    step = 1 if months <= MONTHS_MOST else 3 if months <= QUARTERS_MOST else 12
    found, start = [], span.start
    while start <= span.end:
        index = start.year * 12 + (start.month - 1) // step * step + step
        following = date(index // 12, index % 12 + 1, 1)
        found.append(Span(start, min(following - timedelta(days=1), span.end)))
        start = following
    return found


def month_of(day: date) -> Span:
    """The month a day lies in, up to that day."""
    return Span(day.replace(day=1), day)


def quarter_of(day: date) -> Span:
    """The quarter a day lies in, up to that day."""
    return Span(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), day)


def year_of(year: int, today: date) -> Span:
    """A year, up to today."""
    return Span(date(year, 1, 1), min(date(year, 12, 31), max(today, date(year, 1, 1))))
