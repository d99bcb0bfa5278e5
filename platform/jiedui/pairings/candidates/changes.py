"""The smallest change that would really get a need somebody, as codes and numbers."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import matching
from jiedui.pairings.candidates.helping import profile
from jiedui.pairings.candidates.snapshot import Snapshot
from jiedui.pairings.rules.reasons import Change

CODES: dict[tuple[str, str], Change] = {
    ("missing_datum", "need"): Change.child_times,
    ("missing_datum", "helper"): Change.helper_times,
    ("slot", "need"): Change.child_slot,
    ("slot", "helper"): Change.helper_slot,
    ("language", "helper"): Change.language,
    ("mode", "helper"): Change.mode,
    ("radius", "helper"): Change.radius,
    ("place", "helper"): Change.place,
    ("new_helper", "new"): Change.new_helper,
}


def smallest(
    snapshot: Snapshot, need_ids: Iterable[int], seconds: float
) -> dict[int, dict[str, Any]]:
    """For each unmet need the smallest change that helps it and takes nobody from another. Each is
    tried out by solving again, so it takes a while: the urgent ones and those that wait longest
    come first, as far as the seconds reach. Where no single change helps, that is said too; who is
    not in the answer has not been looked at."""
    known = [number for number in need_ids if number in snapshot.need_by_id]
    if not known or not snapshot.helpers or seconds <= 0:
        return {}
    until = time.monotonic() + seconds
    whatif = matching.WhatIf(snapshot.problem, snapshot.policy)
    found = {}
    for need_id in sorted(known, key=lambda number: _order(snapshot, number)):
        found[need_id] = _stored(matching.smallest_change(whatif, need_id))
        if time.monotonic() > until:
            break
    return found


def _order(snapshot: Snapshot, need_id: int) -> tuple[int, int, int]:
    need = snapshot.need_by_id[need_id]
    return matching.CLASSES.index(need.urgency), -need.waiting_days, need_id


def _stored(change: matching.Change | None) -> dict[str, Any]:
    code = CODES.get((change.code, change.side)) if change else None
    if change is None or code is None:
        return {
            "code": Change.none.value,
            "helper_id": None,
            "what": None,
            "slot": None,
            "km": None,
        }
    return {
        "code": code.value,
        "helper_id": change.helper_id,
        "what": change.what,
        "slot": change.slot,
        "km": change.km,
        "who": profile(change.helper) if change.helper else None,
    }
