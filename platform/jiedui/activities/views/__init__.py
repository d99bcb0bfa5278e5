"""Pages of campaigns, of classes with their seats, and of lists."""

from __future__ import annotations

from jiedui.activities.views import classes, lists, seasons, seats
from jiedui.activities.views.blueprint import bp

__all__ = ["bp", "classes", "lists", "seasons", "seats"]
