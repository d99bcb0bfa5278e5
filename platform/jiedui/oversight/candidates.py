"""The seam to the engine: villages become points with weights, its sites a proposal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jiedui.oversight.rules.coverage import Proposal, Proposed, Spot
from matching.facilities import site_places


def propose(
    spots: Sequence[Spot], places: Sequence[tuple[float, float]], metres: float, more: int
) -> Proposal:
    """The villages in which `more` places, beside those there are, bring most children within a
    straight line of so many metres; of plans that reach as many children, one that reaches most
    villages. Decides nothing."""
    count = len(spots)
    points = np.array([one.point for one in spots], dtype=float).reshape(-1, 2)
    there = np.array(places, dtype=float).reshape(-1, 2)
    # One child more weighs as much as all villages together and one.
    weights = np.array([one.children * (count + 1) + 1 for one in spots], dtype=np.int64)
    found = site_places(points, weights, points, there, metres, more)

    def children(villages: Sequence[int]) -> int:
        return sum(spots[at].children for at in villages)

    proposed = tuple(
        Proposed(
            spots[site.index].village_id,
            children(site.reaches),
            tuple(spots[at].village_id for at in site.reaches),
        )
        for site in found.sites
    )
    total, before = children(range(count)), found.before // (count + 1)
    after = before + sum(one.children for one in proposed)
    return Proposal(proposed, before, after, total, found.proven)
