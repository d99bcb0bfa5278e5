"""Wishes that a unit takes upon itself by the dozen, before a festival: how many, for how long, and
what whoever claims may see of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jiedui.donations.rules.books import GiftState
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.wishes import WishState

MOST_CLAIMED = 100  # at a time
PLACE_LEAST = 5  # wishes of a kind in a township, before it is named
HELD_FOR = timedelta(days=30)  # so long a claim waits for its gift; then others may give


@dataclass(frozen=True)
class Wished:
    """An open wish as whoever gives may see it; `place` is "" where too few of its kind stand in
    the township. `price` is in fen."""

    kind: GoodsKind
    size: str
    price: int
    words: str
    place: str


def as_seen(wishes: Iterable[tuple[GoodsKind, str, int, str, str]]) -> list[Wished]:
    """Wishes (kind, size, price, words, township) with their township only where PLACE_LEAST of
    the kind stand there.

    >>> books = (GoodsKind.books, "", 6_000, "", "东乡")
    >>> {one.place for one in as_seen([books] * 4)}, {one.place for one in as_seen([books] * 5)}
    ({''}, {'东乡'})
    """
    rows: Sequence[tuple[GoodsKind, str, int, str, str]] = list(wishes)
    many = Counter((kind, town) for kind, _size, _price, _words, town in rows)
    return [
        Wished(kind, size, price, words, town if many[kind, town] >= PLACE_LEAST else "")
        for kind, size, price, words, town in rows
    ]


def alike(wishes: Iterable[Wished]) -> list[tuple[Wished, int]]:
    """Wishes that look the same to whoever gives, once each, with how many there are; in the order
    in which the first of them comes."""
    return list(Counter(wishes).items())


def is_over(gift: GiftState, in_stock: int, wish: WishState, claimed: date, today: date) -> bool:
    """Whether a claim ends by itself: its gift is refused, has not come in time, or is used up
    without this wish; or the wish has ended unmet.

    >>> on = date(2026, 1, 1)
    >>> is_over(GiftState.accepted, 0, WishState.open, on, on + HELD_FOR)
    False
    >>> is_over(GiftState.accepted, 0, WishState.open, on, on + HELD_FOR + timedelta(days=1))
    True
    >>> is_over(GiftState.received, 1, WishState.open, on, on + HELD_FOR * 2)
    False
    """
    if wish is WishState.closed or gift is GiftState.refused:
        return True
    if gift is GiftState.received:
        return wish is WishState.open and in_stock == 0
    return today > claimed + HELD_FOR
