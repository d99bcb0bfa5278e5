"""Counties solved apart: the same plans one by one, in processes, and on a real Dask cluster."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from matching import Helper, Need, Plan, Problem
from matching.regional import solve_counties


def small_county(seed: int) -> Problem:
    """A handful of needs and helpers that compete."""
    slots = [frozenset({(seed + at) % 5, (seed * at) % 5}) for at in range(9)]
    needs = [
        Need(id=at, kind="reading", child_ids=(at,), child_sex="m", slots=slots[at])
        for at in range(9)
    ]
    helpers = [
        Helper(id=at, sex="f", offers=frozenset({"reading"}), slots=slots[-at], capacity=2)
        for at in range(1, 4)
    ]
    return Problem.from_rows(needs, helpers)


PROBLEMS = [small_county(seed) for seed in range(1, 5)]


def plain(plans: list[Plan]) -> list[Plan]:
    """Plans without the seconds they took."""
    return [replace(plan, figures={}) for plan in plans]


def test_processes_find_the_same_plans() -> None:
    told: list[tuple[int, int]] = []
    one = solve_counties(PROBLEMS, progress=lambda done, all_: told.append((done, all_)))
    two = solve_counties(PROBLEMS, workers=2)
    assert plain(one) == plain(two)
    assert all(plan.pairs for plan in one)
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_dask_cluster_finds_the_same_plans() -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as it:
        there = solve_counties(PROBLEMS, dask=it.scheduler_address)
    assert plain(there) == plain(solve_counties(PROBLEMS))


def test_without_dask_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RuntimeError, match="distributed is not installed"):
        solve_counties(PROBLEMS, dask="tcp://localhost:1")
