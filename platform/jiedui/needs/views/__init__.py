"""Pages of needs: the visit, the list, one need."""

from __future__ import annotations

from jiedui.needs.views import lists, one, visit
from jiedui.needs.views.blueprint import bp

__all__ = ["bp", "lists", "one", "visit"]
