"""One pair side by side: what speaks for it and what against, in codes and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from geopy.distance import geodesic

import matching
from jiedui.pairings.candidates import snapshot as snapshots
from jiedui.pairings.candidates.lines import line
from jiedui.pairings.candidates.snapshot import Snapshot
from jiedui.pairings.rules.reasons import Reason

# What only a whole round knows of a pair: what else was possible, and what it costs.
NO_COMPARISON: dict[str, Any] = {
    "other_helpers": [],
    "other_needs": [],
    "need_forgoes": 0,
    "helper_forgoes": 0,
    "whole_loses_for_need": 0,
    "whole_loses_for_helper": 0,
    "compared": False,
}


@dataclass(frozen=True)
class Judged:
    """What the engine says of one pair, in codes and numbers."""

    need_id: int
    helper_id: int
    barriers: tuple[str, ...]
    slot: int | None
    common_slots: tuple[int, ...]
    score: int
    km: float | None
    minutes: int | None
    room: int
    left: int
    reasons: dict[str, Any]

    @property
    def possible(self) -> bool:
        """Whether no rule stands against the pair."""
        return not self.barriers

    def reasons_at(self, slot: int | None) -> dict[str, Any]:
        """The reasons with another of the common weekly times in the line."""
        pieces = self.reasons["line"]
        at = Reason.weekly_slot.value
        return self.reasons | {"line": [[at, slot] if p[0] == at else p for p in pieces]}


def way(need: matching.Need, helper: matching.Helper) -> float | None:
    """Kilometres over the ellipsoid that people see; None when nobody travels or a place is not
    known."""
    points = (need.lat, need.lon), (helper.lat, helper.lon)
    if need.mode != "in_person" or any(None in point for point in points):
        return None
    return round(float(geodesic(*points).kilometers), 2)


def told(snapshot: Snapshot, candidate: matching.Candidate, slot: int | None) -> dict[str, Any]:
    """The reasons of a pair as they are stored: they can be put into words later."""
    km = way(snapshot.need_by_id[candidate.need_id], snapshot.helper_by_id[candidate.helper_id])
    return {
        "line": line(snapshot, candidate, km, slot),
        "parts": dict(candidate.parts),
        "shares": _shares(snapshot, candidate),
        "common_slots": list(candidate.common_slots),
        "certainty": candidate.certainty,
        "missing": list(candidate.missing),
        "travel": snapshot.helper_by_id[candidate.helper_id].travel,
        **NO_COMPARISON,
    }


def _shares(snapshot: Snapshot, candidate: matching.Candidate) -> dict[str, float]:
    """What the pair reaches of each part, whatever the part counts: endings teach by it."""
    pair = (candidate.need_id, candidate.helper_id)
    (row,) = matching.pair_features(snapshot.problem, [pair], snapshot.policy).tolist()
    return dict(zip(matching.FEATURES, row, strict=True))


def judged(snapshot: Snapshot, candidate: matching.Candidate) -> Judged:
    """A candidate as codes and numbers."""
    need = snapshot.need_by_id[candidate.need_id]
    helper = snapshot.helper_by_id[candidate.helper_id]
    travels = need.mode == "in_person"
    return Judged(
        need_id=need.id,
        helper_id=helper.id,
        barriers=candidate.barriers,
        slot=candidate.slot,
        common_slots=candidate.common_slots,
        score=candidate.score,
        km=way(need, helper),
        minutes=candidate.minutes if travels else None,
        room=max(0, helper.capacity - helper.living),
        left=need.demand,
        reasons=told(snapshot, candidate, candidate.slot),
    )


def judge(county_id: int, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Judged]:
    """Judge named pairs with the facts of this moment; a pair one side of which is gone from the
    records is left out."""
    asked = sorted(set(pairs))
    snapshot = snapshots.of_pairs(county_id, {n for n, _ in asked}, {h for _, h in asked})
    found = {}
    for need_id, helper_id in asked:
        if need_id in snapshot.need_by_id and helper_id in snapshot.helper_by_id:
            one = matching.judge(snapshot.problem, need_id, helper_id, snapshot.policy)
            found[need_id, helper_id] = judged(snapshot, one)
    return found
