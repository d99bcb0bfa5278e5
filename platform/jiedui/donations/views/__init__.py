"""Pages of wishes (wishes)."""

from __future__ import annotations

from jiedui.donations.views import wishes
from jiedui.donations.views.blueprint import bp

__all__ = ["bp", "wishes"]
