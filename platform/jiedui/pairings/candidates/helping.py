"""What would help those whom the list leaves: whom to look for, and who could share a helper."""

from __future__ import annotations

from typing import Any

import matching
from jiedui.pairings.candidates.snapshot import Snapshot

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
    return [_profile(one) for one in found if sum(one.met_after) > sum(one.met_before)]


def _profile(one: matching.Recruit) -> dict[str, Any]:
    helper = one.helper
    return {
        "offers": sorted(helper.offers),
        "subjects": sorted(helper.subjects),
        "social_worker": helper.kind == "social_worker",
        "township_id": helper.township_id,
        "slots": sorted(helper.slots),
        "languages": sorted(helper.languages),
        "more": sum(one.met_after) - sum(one.met_before),
    }


def sharing(snapshot: Snapshot, plan: matching.Plan) -> list[dict[str, Any]]:
    """Needs nobody is left for that could join a suggested pair: same kind, place and time."""
    groups = matching.sharing_groups(snapshot.problem, plan, snapshot.policy)
    return [
        {
            "helper_id": group.helper_id,
            "slot": group.slot,
            "with": list(group.with_needs),
            "joining": list(group.joining),
        }
        for group in groups[:GROUPS]
    ]
