"""What was given to the children of the county, as everybody may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from weakref import WeakKeyDictionary

from jiedui.core import clock, db
from jiedui.disclosure.queries.picture import FRESH
from jiedui.disclosure.rules.figures import Figure, Hidden
from jiedui.disclosure.rules.gifts import (
    SUM,
    Behind,
    Quarter,
    quarters,
    withheld_of_books,
    withheld_of_table,
)
from jiedui.donations.queries import disclosed
from jiedui.donations.queries.disclosed import Arrived, Booked
from jiedui.donations.rules.books import Account, GiftForm
from jiedui.donations.rules.goods import GoodsKind

Kind = GoodsKind | None


@dataclass(frozen=True)
class Books:
    """What of a kind was received, allocated and in stock at the end of a quarter; what came."""

    kind: Kind
    received: Figure
    allocated: Figure
    came: Figure
    stock: Figure


@dataclass(frozen=True)
class Places:
    """What came to which township by kind: figures by (kind, township), with sums under SUM."""

    kinds: list[Kind]
    towns: list[str]
    figures: dict[tuple[str, str], Figure]

    def cell(self, kind: Kind | str, town: str) -> Figure:
        """One figure."""
        return self.figures.get((key_of(kind), town))


@dataclass(frozen=True)
class Disclosed:
    """A quarter of gifts: goods or money. Townships are told of a quarter that is over."""

    form: GiftForm
    books: list[Books]
    places: Places


@dataclass(frozen=True)
class Published:
    """All that is published of a quarter."""

    quarter: Quarter
    over: bool
    parts: list[Disclosed]
    counted_at: datetime


_known: WeakKeyDictionary[db.Database, dict[tuple[int, Quarter], Published]] = WeakKeyDictionary()
_counting = Lock()


def quarter(county_id: int, wanted: Quarter) -> Published:
    """The figures of a quarter; counted anew every ten minutes, however many people look."""
    with _counting:
        known = _known.setdefault(db.database(), {})
        last = known.get((county_id, wanted))
        if last is None or abs(clock.now() - last.counted_at) > FRESH:
            last = known[county_id, wanted] = _count(county_id, wanted)
        return last


def key_of(kind: Kind | str) -> str:
    """How a table names a kind; money for any wish is of none."""
    return kind.value if isinstance(kind, GoodsKind) else kind or "any"


def _count(county_id: int, wanted: Quarter) -> Published:
    over = wanted.end < clock.today()
    entries = disclosed.booked(county_id, clock.today())
    came = disclosed.arrived(county_id, wanted.start, wanted.end)
    parts = [
        _part(
            form,
            wanted,
            [e for e in entries if e.form is form],
            [c for c in came if c.form is form],
            over,
        )
        for form in GiftForm
    ]
    return Published(wanted, over, parts, clock.now())


def _part(
    form: GiftForm, wanted: Quarter, entries: list[Booked], came: list[Arrived], over: bool
) -> Disclosed:
    places = _places(came)
    kinds = sorted({e.kind for e in entries} | {c.kind for c in came}, key=key_of)
    books = [_books(kind, wanted, [e for e in entries if e.kind is kind], places) for kind in kinds]
    shown = [b for b in books if any((b.received, b.allocated, b.came, b.stock))]
    return Disclosed(form, shown, places if over else Places([], [], places.figures))


def _books(kind: Kind, wanted: Quarter, entries: list[Booked], places: Places) -> Books:
    """A kind's line; what is withheld is decided over all published quarters at once."""
    spans = quarters(clock.today())
    stock = [_stock(entries, spans[0].before.end), *(_stock(entries, q.end) for q in spans)]
    moved = [
        (_moved(entries, Account.giver, q), _moved(entries, Account.allocated, q)) for q in spans
    ]
    hidden, at = withheld_of_books(stock, moved), spans.index(wanted)

    def shown(name: str, n: int, amount: int) -> Figure:
        if amount <= 0:
            return None
        return Hidden.few if (name, n) in hidden else amount

    return Books(
        kind,
        received=shown("received", at, moved[at][0].amount),
        allocated=shown("allocated", at, moved[at][1].amount),
        came=places.cell(kind, SUM),
        stock=shown("stock", at + 1, stock[at + 1].amount),
    )


def _moved(entries: Iterable[Booked], account: Account, span: Quarter) -> Behind:
    """What came from the giver, or went to children, in a quarter; less what was reversed."""
    mine = [
        e for e in entries if account in (e.source, e.target) and span.start <= e.on <= span.end
    ]
    forward = account is Account.giver
    amount = sum(e.amount if (e.source is account) == forward else -e.amount for e in mine)
    who = {e.unnamed if forward else e.child for e in mine} - {None}
    return Behind(max(amount, 0), frozenset(who))


def _stock(entries: Sequence[Booked], end: date) -> Behind:
    """What was in stock at the end of a day, and whose gifts it was of who are not named."""
    held: dict[int | None, int] = defaultdict(int)
    for e in entries:
        if e.on <= end:
            held[e.unnamed] += e.amount if e.target is Account.stock else -e.amount
    who = frozenset(gift for gift, n in held.items() if n and gift is not None)
    return Behind(sum(held.values()), who)


def _places(came: list[Arrived]) -> Places:
    amounts: dict[tuple[str, str], int] = defaultdict(int)
    who: dict[tuple[str, str], set[object]] = defaultdict(set)
    for one in came:
        cell = key_of(one.kind), one.township
        amounts[cell] += one.amount
        who[cell].add(one.child)
    cells = {cell: Behind(n, frozenset(who[cell])) for cell, n in amounts.items()}
    hidden = withheld_of_table(cells)
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for (kind, town), n in amounts.items():
        for name in ((kind, town), (kind, SUM), (SUM, town), (SUM, SUM)):
            sums[name] += n
    figures: dict[tuple[str, str], Figure] = {
        name: Hidden.few if name in hidden else n for name, n in sums.items()
    }
    kinds = sorted({one.kind for one in came}, key=key_of)
    return Places(kinds, list(dict.fromkeys(one.township for one in came)), figures)
