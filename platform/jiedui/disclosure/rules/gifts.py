"""Figures of gifts as everybody may read them: by kind and quarter, and by kind and township."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jiedui.core.withheld import LEAST, SUM, Edge, Name, edges_of_table, protect

QUARTERS = 5  # the present one and four before it


@dataclass(frozen=True)
class Quarter:
    """Three months of a year."""

    year: int
    number: int

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return self.next.start - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        """The one after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> Quarter:
        """The one before it."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.year}-{self.number}"


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarters(today: date) -> list[Quarter]:
    """Those that are published, oldest first; the last one is not over."""
    found = [quarter_of(today)]
    while len(found) < QUARTERS:
        found.insert(0, found[0].before)
    return found


@dataclass
class Behind:
    """An amount (pieces or fen), and whoever stands behind it: children, or givers who have not
    agreed to be named."""

    amount: int
    who: frozenset[object]

    @property
    def small(self) -> bool:
        """Whether somebody could be told from it."""
        return 0 < len(self.who) < LEAST


def edges_of_books(stock: Sequence[int], moved: Sequence[tuple[int, int]]) -> list[Edge]:
    """The books of a kind over quarters that follow one another: `stock` before the first and after
    each, and what each received and allocated. What was sent back or spoiled is not published; it
    is rare, so an attacker takes it for nothing."""
    last = len(moved)
    edges = [
        Edge(("stock", n), n - 1 if n else "out", n if n < last else "out", held)
        for n, held in enumerate(stock)
    ]
    for n, (received, allocated) in enumerate(moved):
        edges.append(Edge(("received", n), "out", n, received))
        edges.append(Edge(("allocated", n), n, "out", allocated))
    return edges


def withheld_of_table(cells: Mapping[tuple[str, str], Behind]) -> set[Name]:
    """Which cells and sums of a table are withheld."""
    edges = edges_of_table({name: cell.amount for name, cell in cells.items()})
    rows, columns = {row for row, _ in cells} | {SUM}, {column for _, column in cells} | {SUM}
    names = [(row, column) for row in rows for column in columns]
    return protect(edges, {name for name in names if _behind(cells, name).small})


def _behind(cells: Mapping[tuple[str, str], Behind], name: tuple[str, str]) -> Behind:
    """All that stands behind a cell or a sum."""
    row, column = name
    mine = [c for (r, k), c in cells.items() if row in (SUM, r) and column in (SUM, k)]
    who: frozenset[object] = frozenset().union(*(cell.who for cell in mine))
    return Behind(sum(cell.amount for cell in mine), who)


def withheld_of_books(stock: Sequence[Behind], moved: Sequence[tuple[Behind, Behind]]) -> set[Name]:
    """Which figures of a kind's books are withheld, in all quarters."""
    plain = [(received.amount, allocated.amount) for received, allocated in moved]
    edges = edges_of_books([held.amount for held in stock], plain)
    behind: dict[Name, Behind] = {("stock", n): held for n, held in enumerate(stock)}
    for n, (received, allocated) in enumerate(moved):
        behind |= {("received", n): received, ("allocated", n): allocated}
    small = {edge.name for edge in edges if edge.value > 0 and behind[edge.name].small}
    return protect(edges, small)
