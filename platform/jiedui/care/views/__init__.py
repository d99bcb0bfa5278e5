"""Pages of the care for children."""

from __future__ import annotations

from jiedui.care.views import (
    entrustment,
    guardianship,
    lists,
    reviews,
    screening,
    signed,
    statement,
    visits,
)
from jiedui.care.views.blueprint import bp

__all__ = [
    "bp",
    "entrustment",
    "guardianship",
    "lists",
    "reviews",
    "screening",
    "signed",
    "statement",
    "visits",
]
