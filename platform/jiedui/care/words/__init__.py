"""Words of the care for children: importing this gives every enumeration its labels."""

from __future__ import annotations

from jiedui.care.words import (
    absences,
    entrustment,
    guardianship,
    reviews,
    screening,
    statement,
    support,
    visits,
)

__all__ = [
    "absences",
    "entrustment",
    "guardianship",
    "reviews",
    "screening",
    "statement",
    "support",
    "visits",
]
