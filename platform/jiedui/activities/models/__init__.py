"""Tables: campaigns with who signed up, classes with their seats, meetings with their lists."""

from __future__ import annotations

from jiedui.activities.models.classes import (
    Activity,
    ActivityChild,
    ActivityHelper,
    ActivitySeat,
)
from jiedui.activities.models.meetings import ActivityMeeting, ChildPresence, HelperPresence
from jiedui.activities.models.seasons import Season, SeasonMember

__all__ = [
    "Activity",
    "ActivityChild",
    "ActivityHelper",
    "ActivityMeeting",
    "ActivitySeat",
    "ChildPresence",
    "HelperPresence",
    "Season",
    "SeasonMember",
]
