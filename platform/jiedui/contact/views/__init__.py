"""Pages of agreements, of the plan, and of what a helper has of their own."""

from __future__ import annotations

from jiedui.contact.views import (
    agreements,
    answering,
    calendar,
    dates,
    own,
    pictures,
    plan,
    signing,
    standing_in,
)
from jiedui.contact.views.blueprint import bp

__all__ = [
    "agreements",
    "answering",
    "bp",
    "calendar",
    "dates",
    "own",
    "pictures",
    "plan",
    "signing",
    "standing_in",
]
