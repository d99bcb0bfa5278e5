"""Pages of wishes (wishes), of gifts (gifts), and of what of them goes where (allotments)."""

from __future__ import annotations

from jiedui.donations.views import allotments, gifts, wishes
from jiedui.donations.views.blueprint import bp

__all__ = ["allotments", "bp", "gifts", "wishes"]
