"""Campaigns (seasons), classes (classes), children's seats (seats), lists (lists), and what follows
from the rooms below (following)."""

from __future__ import annotations

from jiedui.activities.actions.classes import plan_class, put_helpers
from jiedui.activities.actions.lists import confirm, tell
from jiedui.activities.actions.seasons import (
    answer_online,
    change_season,
    open_season,
    settle,
    sign_up,
)
from jiedui.activities.actions.seats import Answers, hear, seat, unseat

__all__ = [
    "Answers",
    "answer_online",
    "change_season",
    "confirm",
    "hear",
    "open_season",
    "plan_class",
    "put_helpers",
    "seat",
    "settle",
    "sign_up",
    "tell",
    "unseat",
]
