"""When a campaign can hold and who is on it (seasons), what a class is and its list (classes)."""

from __future__ import annotations

from jiedui.activities.rules.classes import (
    SEATS_MOST,
    TWO,
    ActivityKind,
    Came,
    ClassSaid,
    class_fault,
    list_fault,
    meetings_of,
)
from jiedui.activities.rules.refusals import ActivityRefusal
from jiedui.activities.rules.seasons import (
    LEAD,
    MemberState,
    SeasonKind,
    SeasonSaid,
    after_checks,
    season_fault,
)

__all__ = [
    "LEAD",
    "SEATS_MOST",
    "TWO",
    "ActivityKind",
    "ActivityRefusal",
    "Came",
    "ClassSaid",
    "MemberState",
    "SeasonKind",
    "SeasonSaid",
    "after_checks",
    "class_fault",
    "list_fault",
    "meetings_of",
    "season_fault",
]
