"""Pages of campaigns, of classes and groups with their seats, of meetings and their lists, of
courses, of themed events and what they have reached, of injuries, of school safety."""

from __future__ import annotations

from jiedui.activities.views import (
    classes,
    courses,
    events,
    groups,
    hazards,
    injuries,
    lists,
    looks,
    meetings,
    prevention,
    safety,
    scans,
    seasons,
    seats,
)
from jiedui.activities.views.blueprint import bp

__all__ = [
    "bp",
    "classes",
    "courses",
    "events",
    "groups",
    "hazards",
    "injuries",
    "lists",
    "looks",
    "meetings",
    "prevention",
    "safety",
    "scans",
    "seasons",
    "seats",
]
