"""What would help those whom the list leaves: whom to look for, who could share a helper, what
else can be done now, and which data are still to be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matching
from jiedui.pairings.candidates.snapshot import Snapshot
from jiedui.pairings.rules.reasons import Gap

# Every person looked for is tried out by solving again: on a large county fewer of them.
LARGE, MOST, MOST_LARGE, GROUPS = 2000, 8, 3, 60


def recruits(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Kinds of helper that would meet most needs, the most useful first, each tried out with all
    before it by solving again; `more` is how many more needs the list would then meet."""
    if not snapshot.needs:
        return []
    most = MOST if len(snapshot.needs) <= LARGE else MOST_LARGE
    whatif = matching.WhatIf(snapshot.problem, snapshot.policy)
    found = matching.recruitment_plan(whatif, most=most)
    return [
        profile(one.helper) | {"more": sum(one.met_after) - sum(one.met_before)}
        for one in found
        if sum(one.met_after) > sum(one.met_before)
    ]


def profile(helper: matching.Helper) -> dict[str, Any]:
    """Somebody who is looked for, as codes."""
    return {
        "offers": sorted(helper.offers),
        "subjects": sorted(helper.subjects),
        "social_worker": helper.kind == "social_worker",
        "township_id": helper.township_id,
        "slots": sorted(helper.slots),
        "languages": sorted(helper.languages),
    }


def groups_of(snapshot: Snapshot, plan: matching.Plan) -> list[matching.Sharing]:
    """Needs nobody is left for that could join a suggested pair: same kind, place and time."""
    return matching.sharing_groups(snapshot.problem, plan, snapshot.policy)


def sharing(groups: list[matching.Sharing]) -> list[dict[str, Any]]:
    """The largest of these groups as numbers."""
    return [
        {
            "helper_id": group.helper_id,
            "slot": group.slot,
            "with": list(group.with_needs),
            "joining": list(group.joining),
        }
        for group in groups[:GROUPS]
    ]


def ways(
    snapshot: Snapshot, plan: matching.Plan, groups: list[matching.Sharing]
) -> dict[int, dict[str, Any]]:
    """For each need that the list leaves, how many could help in another way: online (with the
    Children's Home nearest to the family), a social worker, later, or once a place is free."""
    left = [one.need_id for one in plan.unmet]
    found = matching.ways_of(snapshot.problem, plan, left, snapshot.policy, groups)
    return {one.need_id: _way(one, snapshot.homes) for one in found}


def _way(one: matching.Ways, homes: Mapping[int, tuple[int, float | None]]) -> dict[str, Any]:
    home, km = homes.get(one.need_id, (None, None)) if one.online else (None, None)
    return {
        "online": one.online,
        "home": home,
        "home_km": km,
        "social_workers": one.social_workers,
        "later": one.later,
        "later_from": one.later_from.isoformat() if one.later_from else None,
        "full": one.full,
    }


def missing(snapshot: Snapshot) -> tuple[tuple[str, int, Gap, int], ...]:
    """Side, id, datum and number of possible pairs of everything that makes a pair less sure."""
    found = matching.missing_data(snapshot.problem, snapshot.policy)
    return tuple((one.side, one.id, Gap(one.code), one.pairs) for one in found)
