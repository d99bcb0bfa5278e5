"""All admissible pairs of a stage and their points, without ever laying all pairs side by side.

Goods find wishes of their kind through a k-d tree of places; wishes or goods whose place is not
known meet all of their kind. Funds find wishes by purpose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from scipy.spatial import cKDTree

from matching.geometry import EARTH_RADIUS_M, metres_between, unit_vectors
from matching.resources.rules import ResourcePolicy
from matching.resources.shapes import Fund, Goods, Wish

Arcs = tuple[np.ndarray, np.ndarray, np.ndarray]  # offer, wish, points
_ANY = 1 << 40
_NOWHERE = float("nan")


def goods_arcs(goods: Sequence[Goods], wishes: Sequence[Wish], policy: ResourcePolicy) -> Arcs:
    """Every pair of goods and wish that nothing bars, with the points of a unit."""
    left = _days_left([one.expires for one in goods], policy.delivered)
    reach = np.array([policy.reach_m(one) for one in goods], dtype=np.int64)
    places, homes = _places(goods), _places(wishes)
    offer, wish = _near(goods, wishes, (places, homes), reach, left >= 0)
    metres = metres_between(places[offer], homes[wish])
    low = np.array([-_ANY if g.size_from is None else g.size_from for g in goods], dtype=np.int64)
    high = np.array([_ANY if g.size_to is None else g.size_to for g in goods], dtype=np.int64)
    size = np.array([_ANY if w.size is None else w.size for w in wishes], dtype=np.int64)
    asked = size[wish]
    fits = (asked == _ANY) | ((low[offer] <= asked) & (asked <= high[offer]))
    ok = fits & (metres <= reach[offer])
    offer, wish, metres, asked = offer[ok], wish[ok], metres[ok], asked[ok]
    sized = (low[offer] != -_ANY) | (high[offer] != _ANY)
    halves = np.where(asked == _ANY, policy.fit // 2, policy.fit)
    points = np.where(sized, halves, policy.fit * 3 // 4)
    points += _nearness(metres, reach[offer], policy)
    same = _townships(goods)[offer] == _townships(wishes, none=-2)[wish]
    points += np.where((metres < 0) & same, policy.distance // 2, 0)
    return offer, wish, points + _hurry(left, policy)[offer] + _asking(wishes, policy)[wish]


def fund_arcs(funds: Sequence[Fund], wishes: Sequence[Wish], policy: ResourcePolicy) -> Arcs:
    """Every pair of fund and wish that nothing bars, with the points of a fen."""
    left = _days_left([fund.ends for fund in funds], policy.delivered)
    price = np.array([-1 if w.ceiling_fen is None else w.ceiling_fen for w in wishes], np.int64)
    of_kind = _by_kind(wishes)
    every = np.arange(len(wishes))
    found: list[tuple[np.ndarray, np.ndarray]] = []
    for at, fund in enumerate(funds):
        if left[at] < 0 or (fund.starts is not None and fund.starts > policy.delivered):
            continue
        lists = [of_kind[kind] for kind in sorted(fund.purposes) if kind in of_kind]
        mine = _joined(lists) if fund.purposes else every
        most = _ANY if fund.most_fen is None else fund.most_fen
        mine = mine[(price[mine] >= 0) & (price[mine] <= most)]
        found.append((np.full(len(mine), at), mine))
    offer, wish = _pairs(found)
    named = np.array([bool(fund.purposes) for fund in funds], dtype=bool)
    points = np.where(named[offer], policy.fit, policy.fit // 2)
    return offer, wish, points + _hurry(left, policy)[offer] + _asking(wishes, policy)[wish]


def _near(
    goods: Sequence[Goods],
    wishes: Sequence[Wish],
    points: tuple[np.ndarray, np.ndarray],
    reach: np.ndarray,
    fresh: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of one kind that may be near enough; distance is measured afterwards."""
    of_kind = _by_kind(wishes)
    found: list[tuple[np.ndarray, np.ndarray]] = []
    for kind, offers in _by_kind(goods).items():
        offers = offers[fresh[offers]]
        if len(offers) and kind in of_kind:
            found += _near_of_kind(offers, of_kind[kind], points, reach)
    return _pairs(found)


def _near_of_kind(
    offers: np.ndarray,
    wishes: np.ndarray,
    points: tuple[np.ndarray, np.ndarray],
    reach: np.ndarray,
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    placed = ~np.isnan(points[0][offers, 0])
    somewhere = ~np.isnan(points[1][wishes, 0])
    known, homes, lost = offers[placed], wishes[somewhere], wishes[~somewhere]
    if len(known) and len(homes):
        angle = np.minimum((reach[known] + 1.0) / EARTH_RADIUS_M, np.pi)
        chord = 2.0 * np.sin(angle / 2.0) * (1 + 1e-9)
        lists = cKDTree(points[1][homes]).query_ball_point(points[0][known], chord)
        counts = np.array([len(one) for one in lists])
        yield np.repeat(known, counts), homes[_joined([np.asarray(one, int) for one in lists])]
    yield np.repeat(known, len(lost)), np.tile(lost, len(known))
    unknown = offers[~placed]
    yield np.repeat(unknown, len(wishes)), np.tile(wishes, len(unknown))


def _nearness(metres: np.ndarray, reach: np.ndarray, policy: ResourcePolicy) -> np.ndarray:
    share = policy.distance * (reach - metres) // np.maximum(reach, 1)
    return np.where((metres >= 0) & (reach > 0), share, 0)


def _hurry(left: np.ndarray, policy: ResourcePolicy) -> np.ndarray:
    return policy.expiry * np.maximum(policy.soon_days - left, 0) // policy.soon_days


def _asking(wishes: Sequence[Wish], policy: ResourcePolicy) -> np.ndarray:
    """Points that a wish brings along, whoever serves it."""
    days = np.minimum(np.array([wish.waiting_days for wish in wishes], dtype=np.int64), 365)
    urgent = np.array([policy.urgency[wish.urgency] for wish in wishes], dtype=np.int64)
    return urgent + policy.waiting * days // 365


def _days_left(ends: Sequence[date | None], day: date) -> np.ndarray:
    return np.array([_ANY if end is None else (end - day).days for end in ends], dtype=np.int64)


def _places(rows: Sequence[Goods | Wish]) -> np.ndarray:
    lat = np.array([_NOWHERE if row.lat is None else row.lat for row in rows], dtype=float)
    lon = np.array([_NOWHERE if row.lon is None else row.lon for row in rows], dtype=float)
    points = unit_vectors(lat, lon)
    points[np.isnan(points).any(axis=1)] = _NOWHERE
    return points


def _townships(rows: Sequence[Goods | Wish], none: int = -1) -> np.ndarray:
    ids = [none if row.township_id is None else row.township_id for row in rows]
    return np.array(ids, dtype=np.int64)


def _by_kind(rows: Sequence[Goods | Wish]) -> dict[str, np.ndarray]:
    found: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        found.setdefault(row.kind, []).append(at)
    return {kind: np.array(at, dtype=np.int64) for kind, at in found.items()}


def _joined(lists: list[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.zeros(0, dtype=np.int64), *lists], dtype=np.int64)


def _pairs(found: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    """All pairs, by offer and then by wish."""
    offer, wish = _joined([a for a, _ in found]), _joined([b for _, b in found])
    order = np.argsort(offer * (wish.max(initial=0) + 1) + wish, kind="stable")
    return offer[order], wish[order]
