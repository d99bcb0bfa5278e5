"""Many counties at once: certified as a whole by an auction, or exact county by county.

Pairs in person may cross the border between neighbouring counties; whoever meets online or by
phone is served by the own county. Each county's helpers keep their indexes, shifted by those
of the counties before it.
"""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from itertools import repeat
from pathlib import Path

import numpy as np

from matching.auction import gains_at, run_auction, run_offers
from matching.candidates import admissible_edges
from matching.columns import HelperColumns
from matching.demand import set_up
from matching.fastlist import Rows, listed
from matching.geometry import EARTH_RADIUS_M
from matching.pairwise import IN_PERSON
from matching.policy import Policy
from matching.problem import Problem
from matching.relations import Relations
from matching.solution import solve_setup
from matching.synthetic import county

_AMPLE_STEPS, _SCARCE_STEPS, _COARSE_STEPS, _BIDS_PER_NEED = 64, 8, 4, 40
_DEFAULT_METRES = 100_000  # more than any county's default


@dataclass(frozen=True, slots=True)
class Certified:
    """Who gets whom, the score sum, and a bound over all admissible pairs."""

    helper: np.ndarray  # per need; -1 for none
    objective: int
    bound: float
    gap: float
    matched: int
    pairs: int  # how many were looked at


@dataclass(frozen=True, slots=True)
class _Pairs:
    counts: np.ndarray  # per need
    helper: np.ndarray
    score: np.ndarray


def certified(
    counties: Problem | Sequence[Problem],
    policy: Policy | None = None,
    *,
    steps: int | None = None,
    threads: int = 2,
) -> Certified:
    """Capacities only, no classes: a choice within a proven distance of the best one.

    All admissible pairs are listed and none is pruned, so the bound holds for all of them.
    Prices move in `steps` to a point, by default 64 where there are places enough and 8 in
    scarcity, where bidding takes long; more steps are closer and slower.
    """
    policy = policy or Policy()
    problems = [counties] if isinstance(counties, Problem) else list(counties)
    offsets = np.cumsum([0, *(len(problem.helpers.id) for problem in problems)])
    with ThreadPoolExecutor(threads) as pool:
        grounds = [_ground(problem) for problem in problems]
        tasks = ((problems, grounds, at, offsets, policy) for at in range(len(problems)))
        counts, helper, score = _gathered(pool.map(lambda task: _listed(*task), tasks))
    start = np.cumsum(np.concatenate([[0], counts]))
    room = np.concatenate([problem.helpers.room for problem in problems])
    pair, price, fine = _auctioned((start, helper, score), room, steps)
    bound = (int(price @ room) + int(gains_at(start, helper, score, price, fine))) / fine
    met = np.flatnonzero(pair >= 0)
    objective = int(score[pair[met]].sum(dtype=np.int64))
    chosen = np.full(len(pair), -1, dtype=np.int64)
    chosen[met] = helper[pair[met]]
    gap = (bound - objective) / max(1.0, bound)
    return Certified(chosen, objective, bound, gap, len(met), len(helper))


def _auctioned(
    pairs: tuple[np.ndarray, np.ndarray, np.ndarray], room: np.ndarray, steps: int | None
) -> tuple[np.ndarray, np.ndarray, int]:
    """Whoever there is less of bids: the pair of each need, prices, and their steps to a point."""
    needs = len(pairs[0]) - 1
    if int(room.sum()) < needs:
        fine = steps or _SCARCE_STEPS
        return (*run_offers(*pairs, room, fine, 2**62)[:2], fine)
    fine = steps or _AMPLE_STEPS
    most = 2**62 if steps else needs * _BIDS_PER_NEED
    pair, price, finished = run_auction(*pairs, room, fine, most)
    if finished:
        return pair, price, fine
    return (*run_auction(*pairs, room, _COARSE_STEPS, 2**62)[:2], _COARSE_STEPS)


def _gathered(parts: Iterable[_Pairs]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The parts one behind the other, in arrays that grow in place as the parts come in."""
    counts: list[np.ndarray] = []
    helper, score = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int16)
    for part in parts:
        at = len(helper)
        helper.resize(at + len(part.helper), refcheck=False)
        score.resize(at + len(part.score), refcheck=False)
        helper[at:], score[at:] = part.helper, part.score
        counts.append(part.counts)
    return np.concatenate(counts), helper, score


def _listed(
    problems: list[Problem],
    grounds: list[_Ground],
    at: int,
    offsets: np.ndarray,
    policy: Policy,
) -> _Pairs:
    """All admissible pairs of one county's needs, with helpers from over the border."""
    columns, owner = _with_neighbours(problems, grounds, at, offsets)
    none = np.zeros(0, dtype=np.int64)
    merged = replace(
        problems[at], helpers=columns, relations=Relations(len(owner), none, none), helper_rows=()
    )
    blocks = list(listed(Rows.of(merged, policy), with_slots=False))
    counts = [np.diff(ends, prepend=0) for _, ends, *_ in blocks]
    helper = np.concatenate([owner[block[2]] for block in blocks])
    score = np.concatenate([block[3] for block in blocks])
    return _Pairs(np.concatenate(counts), helper, score)


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where a county lies: a centre, how far its needs lie from it, how far its helpers reach."""

    centre: np.ndarray
    needs: float
    helpers: float


def _ground(problem: Problem) -> _Ground:
    needs, helpers = problem.needs.point, problem.helpers.point
    needs, known = needs[~np.isnan(needs[:, 0])], ~np.isnan(helpers[:, 0])
    if not len(needs):
        return _Ground(np.full(3, np.nan), 0.0, 0.0)
    centre = needs.mean(axis=0)
    spread = np.sqrt(((needs - centre) ** 2).sum(axis=1))
    away = np.sqrt(((helpers[known] - centre) ** 2).sum(axis=1)) + _reach(problem)[known]
    return _Ground(centre, float(spread.max()), float(away.max(initial=0.0)))


def _reach(problem: Problem) -> np.ndarray:
    """How far helpers go, on the unit sphere, a little more than exactly."""
    own = problem.helpers.max_metres
    return np.asarray((np.where(own < 0, _DEFAULT_METRES, own) + 10) / EARTH_RADIUS_M)


def _with_neighbours(
    problems: list[Problem], grounds: list[_Ground], at: int, offsets: np.ndarray
) -> tuple[HelperColumns, np.ndarray]:
    """The county's helpers and those of others who might come over, with their indexes."""
    own = problems[at].helpers
    parts, owners = [own], [np.arange(offsets[at], offsets[at + 1], dtype=np.int32)]
    mine = grounds[at]
    for other, problem in enumerate(problems):
        theirs = grounds[other]
        apart = float(np.sqrt(((theirs.centre - mine.centre) ** 2).sum()))
        if other == at or not apart <= mine.needs + theirs.helpers:
            continue
        away = np.sqrt(((problem.helpers.point - mine.centre) ** 2).sum(axis=1))
        near = np.flatnonzero(away <= mine.needs + _reach(problem))
        if len(near):
            parts.append(_taken(problem.helpers, near))
            owners.append((near + offsets[other]).astype(np.int32))
    columns = {
        fact.name: np.concatenate([getattr(part, fact.name) for part in parts])
        for fact in fields(HelperColumns)
    }
    return HelperColumns(**columns), np.concatenate(owners)


def _taken(columns: HelperColumns, at: np.ndarray) -> HelperColumns:
    """Some helpers of another county, who come in person only."""
    some = {fact.name: getattr(columns, fact.name)[at] for fact in fields(HelperColumns)}
    return HelperColumns(**(some | {"modes": some["modes"] & IN_PERSON}))


@dataclass(frozen=True, slots=True)
class CountyTotal:
    """What one county came to, exactly, weekly slots and all."""

    met: int
    objective: int
    gap: int
    megabytes: float


def solved_by_county(
    side: int, needs: int, helpers: int, policy: Policy, *, workers: int = 2
) -> list[CountyTotal]:
    """A square of synthetic counties, each solved exactly in processes, timetable included."""
    places = [(x, y) for y in range(side) for x in range(side)]
    if workers == 1:
        return [_solved(place, needs, helpers, policy) for place in places]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn) as pool:
        return list(pool.map(_solved, places, repeat(needs), repeat(helpers), repeat(policy)))


def _solved(place: tuple[int, int], needs: int, helpers: int, policy: Policy) -> CountyTotal:
    problem = county(needs, helpers, at=place)
    setup = set_up(problem, policy, admissible_edges(problem, policy))
    solution = solve_setup(setup, problem.helpers.room)
    gap = solution.bound - solution.objective
    return CountyTotal(len(solution.chosen), solution.objective, gap, peak_megabytes())


def peak_megabytes() -> float:
    """The most memory this process has had."""
    status = Path("/proc/self/status")
    if status.exists():  # what a parent had does not count here
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
