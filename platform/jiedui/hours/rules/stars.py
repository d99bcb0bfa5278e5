"""Star levels of volunteers, by checked-in voluntary hours alone: an application, a review,
publicity of at least five working days. Other hours of whatever kind earn none."""

from __future__ import annotations

from enum import StrEnum

from jiedui.core.states import Transitions

HOURS = (100, 300, 600, 1000, 1500)  # one star to five
PUBLIC_DAYS = 5  # working days


class StarState(StrEnum):
    """Where an application for a star level stands."""

    applied = "applied"
    public = "public"
    granted = "granted"
    refused = "refused"


class StarReason(StrEnum):
    """Why a level is not granted."""

    too_few = "too_few"
    in_question = "in_question"
    objection = "objection"


S = StarState
STAR_MOVES = Transitions({S.applied: {S.public, S.refused}, S.public: {S.granted, S.refused}})


def level_for(minutes: int) -> int:
    """How many stars this many checked-in minutes are worth; 0 for none."""
    return sum(minutes >= hours * 60 for hours in HOURS)


def minutes_to_next(minutes: int) -> int | None:
    """How many minutes are missing for one star more; None when there is no further one."""
    level = level_for(minutes)
    return None if level == len(HOURS) else HOURS[level] * 60 - minutes
