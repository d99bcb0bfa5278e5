"""One person's question: who could help here, or whom could this helper help?"""

from __future__ import annotations

from typing import Any

import matching
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.pairings.candidates.judging import judged
from jiedui.pairings.candidates.snapshot import Snapshot, for_helper, for_need

SHOWN = 20
EVERYBODY = 1_000_000


def question(need: Need | None, helper: Helper | None) -> Snapshot:
    """What has to be known to answer, read in the open transaction."""
    if need is not None:
        return for_need(need)
    if helper is None:
        raise ValueError("a ranking is asked for a need or for a helper")
    return for_helper(helper)


def answer(
    snapshot: Snapshot, *, need_id: int | None = None, helper_id: int | None = None
) -> dict[str, Any]:
    """The best of the other side first, then those whom the fewest rules stop; needs no
    transaction. Codes and numbers, to be stored."""
    if need_id is not None:
        found = matching.rank_helpers(
            snapshot.problem, need_id, snapshot.policy, EVERYBODY, include_barred=True
        )
    else:
        found = matching.rank_needs(
            snapshot.problem, helper_id or 0, snapshot.policy, EVERYBODY, include_barred=True
        )
    good = [c for c in found if c.admissible]
    barred = [c for c in found if not c.admissible]
    return {
        "good": [_row(snapshot, c) for c in good[:SHOWN]],
        "barred": [_row(snapshot, c) for c in barred[:SHOWN]],
        "good_total": len(good),
        "barred_total": len(barred),
    }


def _row(snapshot: Snapshot, candidate: matching.Candidate) -> dict[str, Any]:
    one = judged(snapshot, candidate)
    return {
        "need_id": one.need_id,
        "helper_id": one.helper_id,
        "score": one.score,
        "km": one.km,
        "minutes": one.minutes,
        "slot": one.slot,
        "barriers": list(one.barriers),
        **one.reasons,
    }
