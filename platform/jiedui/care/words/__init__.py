"""Words of the care for children: importing this gives every enumeration its labels."""

from __future__ import annotations

from jiedui.care.words import entrustment, guardianship, reviews, screening, statement, visits

__all__ = ["entrustment", "guardianship", "reviews", "screening", "statement", "visits"]
