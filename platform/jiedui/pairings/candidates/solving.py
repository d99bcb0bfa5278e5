"""A whole round: the snapshot goes to the engine, its plan comes back as codes and numbers."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import matching
from jiedui.pairings.candidates.changes import smallest
from jiedui.pairings.candidates.helping import groups_of, missing, recruits, sharing, ways
from jiedui.pairings.candidates.judging import told, way
from jiedui.pairings.candidates.snapshot import Snapshot
from jiedui.pairings.rules.reasons import Gap


@dataclass(frozen=True)
class Suggested:
    """One pair of the plan."""

    need_id: int
    helper_id: int
    slot: int | None
    score: int
    km: float | None
    minutes: int | None
    pinned: bool
    reasons: dict[str, Any]


@dataclass(frozen=True)
class Nobody:
    """A need of the plan that is left, with what stood in the way."""

    need_id: int
    barriers: dict[str, Any]
    change: dict[str, Any] | None
    ways: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What a round found."""

    pairs: tuple[Suggested, ...]
    unmet: tuple[Nobody, ...]
    figures: dict[str, Any]
    solver: str
    missing: tuple[tuple[str, int, Gap, int], ...] = ()
    scoring_id: int | None = None


def solve(snapshot: Snapshot, change_seconds: float = 0.0) -> Outcome:
    """The provably best list, how far a best-first list falls behind, and, within so many seconds,
    the smallest changes that would help whoever is left. No transaction is needed: everything is
    in the snapshot."""
    plan = matching.match(snapshot.problem, snapshot.policy)
    started = time.perf_counter()
    peer = matching.greedy(snapshot.problem, snapshot.policy)
    compared = time.perf_counter() - started
    started = time.perf_counter()
    changes = smallest(snapshot, [one.need_id for one in plan.unmet], change_seconds)
    tried = time.perf_counter() - started
    started = time.perf_counter()
    groups = groups_of(snapshot, plan)
    now = ways(snapshot, plan, groups)
    help_ = {"recruits": recruits(snapshot), "sharing": sharing(groups)}
    helped = time.perf_counter() - started
    seconds = {"greedy": compared, "changes": tried, "recruits": helped}
    return Outcome(
        pairs=tuple(_suggested(snapshot, pair) for pair in plan.pairs),
        unmet=tuple(_nobody(one, changes.get(one.need_id), now[one.need_id]) for one in plan.unmet),
        figures=_figures(plan, peer, seconds) | help_,
        solver=plan.solver,
        missing=missing(snapshot),
        scoring_id=snapshot.scoring_id,
    )


def _suggested(snapshot: Snapshot, pair: matching.Pair) -> Suggested:
    need, helper = snapshot.need_by_id[pair.need_id], snapshot.helper_by_id[pair.helper_id]
    more = {
        "compared": True,
        "other_helpers": [list(one) for one in pair.other_helpers],
        "other_needs": [list(one) for one in pair.other_needs],
        "need_forgoes": pair.need_forgoes,
        "helper_forgoes": pair.helper_forgoes,
        "whole_loses_for_need": pair.whole_loses_for_need,
        "whole_loses_for_helper": pair.whole_loses_for_helper,
    }
    return Suggested(
        need_id=need.id,
        helper_id=helper.id,
        slot=pair.slot,
        score=pair.score,
        km=way(need, helper),
        minutes=pair.candidate.minutes if need.mode == "in_person" else None,
        pinned=pair.pinned,
        reasons=told(snapshot, pair.candidate, pair.slot) | more,
    )


def _nobody(
    unmet: matching.Unmet, change: dict[str, Any] | None, ways_now: dict[str, Any]
) -> Nobody:
    barriers = {
        "stopped": dict(unmet.barriers),
        "alone": dict(unmet.only_barrier),
        "possible": unmet.admissible,
        "places": unmet.places,
        "freed": False,
    }
    return Nobody(need_id=unmet.need_id, barriers=barriers, change=change, ways=ways_now)


def _figures(plan: matching.Plan, peer: matching.Plan, more: dict[str, float]) -> dict[str, Any]:
    known = dict(plan.figures)
    return {
        "needs": int(known["needs"]),
        "helpers": int(known["helpers"]),
        "candidates": int(known["candidates"]),
        "met": list(plan.tuple_[:3]),
        "score": plan.tuple_[3],
        "greedy_met": list(peer.tuple_[:3]),
        "greedy_score": peer.tuple_[3],
        "gap": plan.gap,
        "seconds": {
            "candidates": known["seconds_candidates"],
            "solve": known["seconds_solve"],
            "reasons": known["seconds_reasons"],
            **{name: round(seconds, 4) for name, seconds in more.items()},
        },
        "refused_pins": [[need, helper, list(codes)] for need, helper, codes in plan.refused_pins],
    }
