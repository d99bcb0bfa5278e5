"""Pages of the care for children."""

from __future__ import annotations

from jiedui.care.views import (
    absences,
    cases,
    entrustment,
    guardianship,
    lists,
    reviews,
    screening,
    signed,
    standards,
    statement,
    support,
    visits,
    wording,
)
from jiedui.care.views.blueprint import (
    bp,
)

__all__ = [
    "absences",
    "bp",
    "cases",
    "entrustment",
    "guardianship",
    "lists",
    "reviews",
    "screening",
    "signed",
    "standards",
    "statement",
    "support",
    "visits",
    "wording",
]
