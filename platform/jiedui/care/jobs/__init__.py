"""What the calendar does in the care for children."""

from __future__ import annotations

from jiedui.care.jobs import (
    entrustment,
    reviews,
    support,
)

__all__ = [
    "entrustment",
    "reviews",
    "support",
]
