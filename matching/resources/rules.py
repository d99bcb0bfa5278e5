"""Which offer may serve which wish, and how well: one pair at a time, as it would be explained.

`arcs` says the same for whole columns; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from matching.geometry import metres_between, unit_vectors
from matching.resources.shapes import Fund, Goods, Judgement, Wish

URGENCIES = ("normal", "yellow", "red")
TRANCHES = 4
_YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcePolicy:
    """What a county decides: the day, reaches, and whole points a unit.

    `even` is what a unit is worth more in each poorer quarter of what a township asked of a kind:
    three times for the first quarter, twice for the second, once for the third.
    """

    today: date
    delivery_days: int = 14
    reach_km: float = 30.0  # for who brings without a limit, and for what is fetched
    fit: int = 200
    distance: int = 150
    expiry: int = 150
    urgency: Mapping[str, int] = field(
        default_factory=lambda: {"normal": 100, "yellow": 250, "red": 400}
    )
    waiting: int = 100
    soon_days: int = 180  # what expires later is not in a hurry
    even: int = 100

    def __post_init__(self) -> None:
        weights = (self.fit, self.distance, self.expiry, self.waiting, self.even)
        if min(weights) < 0 or min(self.urgency[name] for name in URGENCIES) < 1:
            raise ValueError("policy: points must not be negative, urgency must be 1 at least")
        if self.reach_km <= 0 or self.soon_days < 1 or self.delivery_days < 0:
            raise ValueError("policy: reach and days must be above 0")

    @property
    def delivered(self) -> date:
        """The day by which an offer would arrive."""
        return self.today + timedelta(days=self.delivery_days)

    @property
    def bonus(self) -> tuple[int, ...]:
        """What fairness adds to a unit, from the poorest quarter on."""
        return tuple(self.even * (TRANCHES - 1 - step) for step in range(TRANCHES))

    def reach_m(self, goods: Goods) -> int:
        """Metres that these goods travel at most."""
        km = goods.max_km if goods.brought and goods.max_km is not None else self.reach_km
        return int(km * 1000)


def quarters(asked: int) -> tuple[int, ...]:
    """What a township asked, cut in four as evenly as whole units can be.

    >>> quarters(10)
    (2, 3, 2, 3)
    """
    return tuple(
        asked * (step + 1) // TRANCHES - asked * step // TRANCHES for step in range(TRANCHES)
    )


def judge(offer: Goods | Fund, wish: Wish, policy: ResourcePolicy) -> Judgement:
    """All barriers between the two, or the points of a unit by part."""
    return judge_all([(offer, wish)], policy)[0]


def judge_all(
    pairs: Sequence[tuple[Goods | Fund, Wish]], policy: ResourcePolicy
) -> list[Judgement]:
    """The same for many pairs; distances are measured together."""
    if not pairs:
        return []
    metres = _metres(pairs)
    return [_judged(*pair, far, policy) for pair, far in zip(pairs, metres, strict=True)]


def _judged(offer: Goods | Fund, wish: Wish, metres: int, policy: ResourcePolicy) -> Judgement:
    if isinstance(offer, Goods):
        found = _goods(offer, wish, metres, policy)
    else:
        found = _fund(offer, wish, policy)
    if found.barriers:
        return found
    waited = policy.waiting * min(wish.waiting_days, _YEAR) // _YEAR
    parts = {**found.parts, "urgency": policy.urgency[wish.urgency], "waiting": waited}
    return Judgement((), parts, found.missing)


def _goods(goods: Goods, wish: Wish, metres: int, policy: ResourcePolicy) -> Judgement:
    if goods.kind != wish.kind:
        return Judgement(("kind",))
    reach = policy.reach_m(goods)
    left = None if goods.expires is None else (goods.expires - policy.delivered).days
    beyond = {
        "size": _size_off(goods, wish),
        "expired": max(0, -left) if left is not None else 0,
        "too_far": max(0, metres - reach),
    }
    missing: tuple[str, ...] = ("size",) if _sized(goods) and wish.size is None else ()
    missing += ("distance",) if metres < 0 else ()
    barriers = tuple(code for code, by in beyond.items() if by)
    if barriers:
        return Judgement(barriers, missing=missing, beyond=beyond)
    near = 0 if metres < 0 or not reach else policy.distance * (reach - metres) // reach
    if metres < 0 and _same_township(goods, wish):
        near = policy.distance // 2
    parts = {"fit": _fit(goods, wish, policy.fit), "distance": near, "expiry": _hurry(left, policy)}
    return Judgement((), parts, missing)


def _fund(fund: Fund, wish: Wish, policy: ResourcePolicy) -> Judgement:
    day, price = policy.delivered, wish.ceiling_fen
    left = None if fund.ends is None else (fund.ends - day).days
    over = 0 if price is None or fund.most_fen is None else max(0, price - fund.most_fen)
    early = 0 if fund.starts is None else max(0, (fund.starts - day).days)
    beyond = {"term": early + (max(0, -left) if left is not None else 0), "ceiling": over}
    barriers = ["purpose"] if fund.purposes and wish.kind not in fund.purposes else []
    barriers += ["term"] if beyond["term"] else []
    barriers += ["ceiling"] if over or price is None else []
    if barriers:
        return Judgement(tuple(barriers), beyond=beyond)
    fit = policy.fit if fund.purposes else policy.fit // 2
    return Judgement((), {"fit": fit, "distance": 0, "expiry": _hurry(left, policy)})


def _metres(pairs: Sequence[tuple[Goods | Fund, Wish]]) -> list[int]:
    """Whole metres of each pair; -1 where a place is not known, and for money."""
    there, here = ([_place(row) for row in side] for side in zip(*pairs, strict=True))
    return [int(far) for far in metres_between(_vectors(here), _vectors(there))]


def _vectors(places: list[tuple[float, float]]) -> np.ndarray:
    points = np.array(places, dtype=float)
    return unit_vectors(points[:, 0], points[:, 1])


def _place(row: Goods | Fund | Wish) -> tuple[float, float]:
    if isinstance(row, Fund) or row.lat is None or row.lon is None:
        return np.nan, np.nan
    return row.lat, row.lon


def _same_township(goods: Goods, wish: Wish) -> bool:
    return goods.township_id is not None and goods.township_id == wish.township_id


def _sized(goods: Goods) -> bool:
    return goods.size_from is not None or goods.size_to is not None


def _size_off(goods: Goods, wish: Wish) -> int:
    """Units of size by which the wish lies outside."""
    if wish.size is None:
        return 0
    below = 0 if goods.size_from is None else goods.size_from - wish.size
    above = 0 if goods.size_to is None else wish.size - goods.size_to
    return max(0, below, above)


def _fit(goods: Goods, wish: Wish, most: int) -> int:
    """Full for the wish's own size, three quarters for what fits any, half where nobody knows."""
    if not _sized(goods):
        return most * 3 // 4
    return most // 2 if wish.size is None else most


def _hurry(days_left: int | None, policy: ResourcePolicy) -> int:
    """More for what will be of no use sooner."""
    if days_left is None:
        return 0
    return policy.expiry * max(0, policy.soon_days - days_left) // policy.soon_days
