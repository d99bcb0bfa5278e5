"""Admissible pairs by the compiled search: prepares its columns and puts its blocks together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.candidates import Edges, examined, joined
from matching.geometry import EARTH_RADIUS_M
from matching.listing import H, N, P, in_order, list_pairs
from matching.pairwise import IN_PERSON
from matching.policy import Policy
from matching.problem import Problem
from matching.shapes import TRAVEL

_BUFFER = 2_000_000
_GROUP = 32


def fast_edges(problem: Problem, policy: Policy) -> Edges:
    """The same edges as the plain search finds."""
    edges = joined(list(_blocks(problem, policy)))
    keys = problem.relations.keys
    if not len(keys):
        return edges
    # pairs about which something is known are looked at by the plain rules
    width = problem.relations.helpers
    plain = edges.where(~np.isin(edges.need * width + edges.helper, keys))
    apart = examined(problem, policy, *np.divmod(keys, width))
    both = joined([plain, apart])
    return both.where(np.argsort(both.need * width + both.helper, kind="stable"))


def _blocks(problem: Problem, policy: Policy) -> Iterator[Edges]:
    sort: Any = in_order
    for first, *block in listed(Rows.of(problem, policy), with_slots=True):
        need, helper, score, slots = sort(*block)
        yield Edges(need + first, helper, score, slots)


Listed = tuple[int, np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def listed(rows: Rows, *, with_slots: bool) -> Iterator[Listed]:
    """Blocks of pairs: the first need, where each need's pairs end, helpers, scores, slots."""
    count, at = len(rows.needs), 0
    size = max(_BUFFER, rows.quick.shape[1])
    search: Any = list_pairs
    while at < count:
        ends, helper = np.empty(count - at, dtype=np.int64), np.empty(size, dtype=np.int32)
        score = np.empty(size, dtype=np.int16)
        slots = np.empty(size if with_slots else 0, dtype=np.int32)
        first, at = at, search(*rows.arrays(), at, count, ends, helper, score, slots)
        pairs = int(ends[at - first - 1])
        yield first, ends[: at - first], helper[:pairs], score[:pairs], slots[:pairs]


@dataclass(frozen=True, slots=True)
class Rows:
    """Needs and helpers as the compiled search reads them."""

    needs: np.ndarray
    need_points: np.ndarray
    helpers: np.ndarray
    helper_points: np.ndarray
    points: np.ndarray
    kinds: np.ndarray  # first group of each kind
    groups: np.ndarray  # first and last helper of each group
    balls: np.ndarray  # centre and reach of each group
    quick: np.ndarray  # row, slots and languages of the helpers, group by group

    @classmethod
    def of(cls, problem: Problem, policy: Policy) -> Rows:
        """Rows for a round; helpers without clearance or place are left out."""
        helpers, helper_points = _helpers(problem, policy)
        offers = problem.helpers.offers[helpers[:, H.INDEX]]
        near = _neighbours(helper_points)
        members = [near[np.flatnonzero(offers[near] >> bit & 1)] for bit in range(62)]
        sizes = np.array([len(own) for own in members])
        row = np.concatenate(members)
        groups = _groups(sizes)
        languages = helpers[row, H.LANGUAGES]
        known = np.where(languages == 0, -1, languages)  # what is not known stops nobody
        points = policy.points
        return cls(
            _needs(problem, policy),
            np.ascontiguousarray(problem.needs.point),
            helpers,
            helper_points,
            np.array(
                [*(points[part.name.lower()] for part in list(P)[:4]), policy.spare_slots],
                dtype=np.int64,
            ),
            np.cumsum([0, *(-(-sizes // _GROUP))]),
            groups,
            _balls(helper_points[row], groups),
            np.stack([row, helpers[row, H.SLOTS], known]).astype(np.int64),
        )

    def arrays(self) -> tuple[np.ndarray, ...]:
        """In the order of the compiled search."""
        return tuple(getattr(self, name) for name in self.__slots__)


def _neighbours(points: np.ndarray) -> np.ndarray:
    """Helpers in an order in which those with a like reach and near each other lie together."""
    if not len(points):
        return np.zeros(0, dtype=np.int64)
    low, high = np.nanmin(points[:, :3], axis=0), np.nanmax(points[:, :3], axis=0)
    spread = np.where(high > low, high - low, 1.0)
    cell = np.nan_to_num((points[:, :3] - low) / spread * 1023, nan=0.0).astype(np.int64)
    curve = sum(
        (cell[:, axis] >> bit & 1) << (3 * bit + axis) for bit in range(10) for axis in range(3)
    )
    reach = np.digitize(np.sqrt(points[:, 3]) * EARTH_RADIUS_M, [5e3, 8e3, 12e3, 18e3])
    return np.lexsort((curve, reach))


def _groups(sizes: np.ndarray) -> np.ndarray:
    """First and last member of every group: so many neighbours of one kind."""
    base = np.cumsum(sizes) - sizes
    first = [
        np.arange(start, start + size, _GROUP) for start, size in zip(base, sizes, strict=True)
    ]
    last = [
        np.minimum(own + _GROUP, start + size)
        for own, start, size in zip(first, base, sizes, strict=True)
    ]
    return np.stack([np.concatenate(first), np.concatenate(last)], axis=1).astype(np.int64)


def _balls(points: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Centre and reach of every group; endless where a place is not known."""
    if not len(groups):
        return np.zeros((0, 4))
    size = groups[:, 1] - groups[:, 0]
    centre = np.add.reduceat(points[:, :3], groups[:, 0], axis=0) / size[:, None]
    offset = points[:, :3] - np.repeat(centre, size, axis=0)
    away = np.sqrt((offset * offset).sum(axis=1)) + np.sqrt(points[:, 3])
    reach = np.maximum.reduceat(away, groups[:, 0]) * (1 + 1e-9)
    balls = np.column_stack((centre, reach))
    balls[np.isnan(balls).any(axis=1)] = (0.0, 0.0, 0.0, 9.0)
    return balls


def _needs(problem: Problem, policy: Policy) -> np.ndarray:
    n, points = problem.needs, policy.points
    full = max(1, policy.waiting_days_full)
    fixed = points["base"] + points["waiting"] * np.minimum(n.waiting, full) // full
    fixed = fixed + points["siblings"] * np.minimum(n.siblings, 2) // 2
    kind = np.bitwise_count(n.kind - 1).astype(np.int64)
    columns = {
        N.SLOTS: n.slots,
        N.REQUIRED: n.required,
        N.HOLDS: n.holds,
        N.LANGUAGES: n.languages,
        N.SUBJECTS: n.subjects,
        N.MODE: n.mode,
        N.IN_PERSON: n.mode == IN_PERSON,
        N.GUARDED: n.girl & policy.sex_rule,
        N.WISHED_SEX: n.wished_sex,
        N.STAGE: n.stage,
        N.CREDENTIAL: n.credential,
        N.RISK_RED: n.risk_red,
        N.TOWNSHIP: n.township,
        N.STARTS: n.starts,
        N.ENDS: n.ends,
        N.MIN_DAYS: np.where(n.companionship, policy.min_companionship_days, 0),
        N.FIXED: fixed,
        N.KIND: kind,
        N.OPEN: n.consent & (n.helpers_now < policy.max_helpers_per_child),
    }
    return np.stack([columns[fact] for fact in N], axis=1).astype(np.int64)


def _helpers(problem: Problem, policy: Policy) -> tuple[np.ndarray, np.ndarray]:
    h = problem.helpers
    use = np.flatnonzero(h.cleared & (h.room > 0))
    own = h.max_metres[use]
    metres = np.where(own < 0, round(policy.default_max_km * 1000), own)
    chord = 2 * np.sin(np.minimum((metres + 2) / (2 * EARTH_RADIUS_M), np.pi / 2))
    speed = np.array([policy.metres_per_minute(travel) for travel in TRAVEL], dtype=np.int64)
    columns = {
        H.SLOTS: h.slots[use],
        H.LANGUAGES: h.languages[use],
        H.SUBJECTS: h.subjects[use],
        H.MODES: h.modes[use],
        H.SEX: h.sex[use],
        H.STAGES: h.stages[use],
        H.CREDENTIALS: h.credentials[use],
        H.SOCIAL_WORKER: h.social_worker[use],
        H.TOWNSHIP: h.township[use],
        H.MAX_METRES: metres,
        H.FAR: speed[h.travel[use]] * policy.far_minutes,
        H.INDEX: use,
    }
    facts = [columns[fact] for fact in list(H)[: H.PERIODS]]
    for column in range(h.period_starts.shape[1]):
        facts += [h.period_starts[use, column], h.period_ends[use, column]]
    place = np.column_stack((h.point[use], chord * chord * (1 + 1e-9)))
    return np.stack(facts, axis=1).astype(np.int64), place
