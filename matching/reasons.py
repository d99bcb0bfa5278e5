"""Why a pair and why not: candidates with their parts, alternatives on both sides, and costs."""

from __future__ import annotations

import numpy as np

from matching.barriers import BARRIERS, barrier_codes, barriers_of
from matching.columns import slots_of
from matching.features import certainty_of, missing_of, parts_of
from matching.pairwise import Pairwise
from matching.policy import PARTS, Policy
from matching.problem import Problem
from matching.shapes import Candidate, Unmet


def describe(pairs: Pairwise, slot: np.ndarray | None = None) -> list[Candidate]:
    """Candidates for an array of pairs; without a chosen slot the first common one is named."""
    barred, parts, missing = barriers_of(pairs), parts_of(pairs), missing_of(pairs)
    minutes = -(-pairs.metres // pairs.speed)
    needs, helpers = pairs.n("id"), pairs.h("id")
    holds = pairs.n("holds")
    result = []
    for at in range(len(pairs)):
        common = slots_of(int(pairs.common[at]))
        chosen = int(slot[at]) if slot is not None else (common[0] if common else -1)
        possible = barred[at] == 0
        points = parts[:, at].tolist() if possible else []
        known = pairs.metres[at] >= 0
        result.append(
            Candidate(
                need_id=int(needs[at]),
                helper_id=int(helpers[at]),
                slot=chosen if holds[at] and chosen >= 0 else None,
                score=sum(points),
                parts={part: got for part, got in zip(PARTS, points, strict=False) if got},
                km=int(pairs.metres[at]) / 1000 if known else None,
                minutes=int(minutes[at]) if known else None,
                common_slots=common,
                certainty=certainty_of(missing[at]),
                missing=missing[at],
                barriers=barrier_codes(int(barred[at])),
            )
        )
    return result


def explain_unmet(
    problem: Problem,
    policy: Policy,
    need: np.ndarray,
    places: np.ndarray,
    child_full: np.ndarray,
) -> list[Unmet]:
    """For each need left open: how many helpers each barrier stops, and how many it alone stops."""
    helpers = np.arange(len(problem.helpers.id))
    bits = np.int64(1) << np.arange(len(BARRIERS), dtype=np.int64)
    result = []
    rows = zip(need.tolist(), places.tolist(), child_full.tolist(), strict=True)
    for at, open_places, full in rows:
        barred = barriers_of(Pairwise(problem, policy, np.full(len(helpers), at), helpers))
        stopped = [int((barred & bit != 0).sum()) for bit in bits]
        alone = [int((barred == bit).sum()) for bit in bits]
        admissible = int((barred == 0).sum())
        reason = "needed_elsewhere" if admissible else "nobody_admissible"
        result.append(
            Unmet(
                need_id=int(problem.needs.id[at]),
                places=open_places,
                reason="child_has_enough_helpers" if full else reason,
                admissible=admissible,
                barriers={code: n for code, n in zip(BARRIERS, stopped, strict=True) if n},
                only_barrier={code: n for code, n in zip(BARRIERS, alone, strict=True) if n},
            )
        )
    return result
