"""Pages of units and of places."""

from __future__ import annotations

from jiedui.partners.views import places, units
from jiedui.partners.views.blueprint import bp

__all__ = ["bp", "places", "units"]
