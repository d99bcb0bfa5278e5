"""When a campaign can hold and who is on it (seasons), what a class is and its list (classes)."""

from __future__ import annotations

from jiedui.activities.rules.classes import (
    GROUP_SEATS,
    HELPERS_LEAST,
    OF_THE_PLACE,
    OFF_BY_HAND,
    SEATS_MOST,
    TWO,
    ActivityKind,
    CalledOff,
    Came,
    ClassSaid,
    GroupSaid,
    Planned,
    class_fault,
    group_fault,
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
    "GROUP_SEATS",
    "HELPERS_LEAST",
    "LEAD",
    "OFF_BY_HAND",
    "OF_THE_PLACE",
    "SEATS_MOST",
    "TWO",
    "ActivityKind",
    "ActivityRefusal",
    "CalledOff",
    "Came",
    "ClassSaid",
    "GroupSaid",
    "MemberState",
    "Planned",
    "SeasonKind",
    "SeasonSaid",
    "after_checks",
    "class_fault",
    "group_fault",
    "list_fault",
    "meetings_of",
    "season_fault",
]
