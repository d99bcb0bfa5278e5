"""Campaigns (seasons), classes (classes), small groups (groups), courses (courses), themed
events (events), children's seats (seats), their slips (scans) and who waits for one (waiting), the
plan of prevention (prevention), injuries and water hazards, meetings (meetings) and their lists
(lists), and what follows from the rooms below (following)."""

from __future__ import annotations

from jiedui.activities.actions.classes import plan_class, put_helpers
from jiedui.activities.actions.courses import (
    call_course_off,
    confirm_course,
    join_course,
    leave_course,
    plan_course,
    sign_up_for_course,
    tell_course,
)
from jiedui.activities.actions.events import (
    approve_material,
    look_at_event,
    plan_event,
    withdraw_material,
)
from jiedui.activities.actions.groups import answer, ask, leave, plan_group
from jiedui.activities.actions.hazards import (
    change_hazard,
    check_hazard,
    enter_hazard,
    remove_hazard,
)
from jiedui.activities.actions.injuries import record_injury, strike_injury
from jiedui.activities.actions.lists import Held, confirm, tell
from jiedui.activities.actions.meetings import call_off, end
from jiedui.activities.actions.prevention import change_target, drop_target, set_target
from jiedui.activities.actions.scans import make_slips, scan
from jiedui.activities.actions.seasons import (
    answer_online,
    change_season,
    open_season,
    settle,
    sign_up,
)
from jiedui.activities.actions.seats import Answers, hear, seat, unseat
from jiedui.activities.actions.waiting import leave_line, wait

__all__ = [
    "Answers",
    "Held",
    "answer",
    "answer_online",
    "approve_material",
    "ask",
    "call_course_off",
    "call_off",
    "change_hazard",
    "change_season",
    "change_target",
    "check_hazard",
    "confirm",
    "confirm_course",
    "drop_target",
    "end",
    "enter_hazard",
    "hear",
    "join_course",
    "leave",
    "leave_course",
    "leave_line",
    "look_at_event",
    "make_slips",
    "open_season",
    "plan_class",
    "plan_course",
    "plan_event",
    "plan_group",
    "put_helpers",
    "record_injury",
    "remove_hazard",
    "scan",
    "seat",
    "set_target",
    "settle",
    "sign_up",
    "sign_up_for_course",
    "strike_injury",
    "tell",
    "tell_course",
    "unseat",
    "wait",
    "withdraw_material",
]
