"""Words of the care for children: importing this gives every enumeration its labels."""

from __future__ import annotations

from jiedui.care.words import reviews, screening, statement, visits

__all__ = ["reviews", "screening", "statement", "visits"]
