"""Pages of the care for children."""

from __future__ import annotations

from jiedui.care.views import reviews, screening, statement, visits
from jiedui.care.views.blueprint import bp

__all__ = ["bp", "reviews", "screening", "statement", "visits"]
