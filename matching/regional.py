"""Independent counties, solved apart: one after the other, in processes, or on a Dask cluster."""

from __future__ import annotations

import importlib
import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

from matching.policy import Policy
from matching.problem import Problem
from matching.rounds import match
from matching.shapes import Plan

Progress = Callable[[int, int], None]


def solve_counties(
    problems: Sequence[Problem],
    policy: Policy | None = None,
    *,
    workers: int = 1,
    dask: str | None = None,
    progress: Progress | None = None,
) -> list[Plan]:
    """A plan for every county, the same whoever solves it.

    Processes are spawned, not forked: a fork after compiled parallel loops kills workers.
    """
    policy = policy or Policy()
    if dask:
        return _on_dask(problems, policy, dask, progress)
    if workers == 1 or len(problems) < 2:
        return _reported(map(match, problems, repeat(policy)), len(problems), progress)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(problems)), mp_context=context) as pool:
        return _reported(pool.map(match, problems, repeat(policy)), len(problems), progress)


def _reported(plans: Iterable[Plan], count: int, progress: Progress | None) -> list[Plan]:
    done = []
    for plan in plans:
        done.append(plan)
        if progress:
            progress(len(done), count)
    return done


def _on_dask(
    problems: Sequence[Problem], policy: Policy, address: str, progress: Progress | None
) -> list[Plan]:
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise RuntimeError("dask: the package distributed is not installed") from None
    with distributed.Client(address) as client:
        futures = [client.submit(match, problem, policy, pure=False) for problem in problems]
        return _reported((future.result() for future in futures), len(problems), progress)
