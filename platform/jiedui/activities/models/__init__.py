"""Tables: campaigns with who signed up, classes with their seats, meetings with their lists,
courses with who is on them, themed events with what they reached, what prevention plans, school
safety."""

from __future__ import annotations

from jiedui.activities.models.classes import (
    Activity,
    ActivityChild,
    ActivityHelper,
    ActivitySeat,
    ActivityWait,
)
from jiedui.activities.models.courses import (
    Course,
    CourseMember,
    CoursePresence,
    CourseSession,
)
from jiedui.activities.models.hazards import WaterHazard
from jiedui.activities.models.injuries import Injury
from jiedui.activities.models.meetings import (
    ActivityMeeting,
    ChildPresence,
    HelperPresence,
    MeetingCount,
    SeatScan,
)
from jiedui.activities.models.prevention import PreventionTarget
from jiedui.activities.models.safety import (
    SafetyFinding,
    SafetyGear,
    SafetyInspection,
    SafetyItemOff,
    SafetyMark,
    SafetyPatrol,
    SafetyPhoto,
    SafetyStep,
)
from jiedui.activities.models.seasons import Season, SeasonMember
from jiedui.activities.models.themes import ActivityTheme, TeachingMaterial

__all__ = [
    "Activity",
    "ActivityChild",
    "ActivityHelper",
    "ActivityMeeting",
    "ActivitySeat",
    "ActivityTheme",
    "ActivityWait",
    "ChildPresence",
    "Course",
    "CourseMember",
    "CoursePresence",
    "CourseSession",
    "HelperPresence",
    "Injury",
    "MeetingCount",
    "PreventionTarget",
    "SafetyFinding",
    "SafetyGear",
    "SafetyInspection",
    "SafetyItemOff",
    "SafetyMark",
    "SafetyPatrol",
    "SafetyPhoto",
    "SafetyStep",
    "Season",
    "SeasonMember",
    "SeatScan",
    "TeachingMaterial",
    "WaterHazard",
]
