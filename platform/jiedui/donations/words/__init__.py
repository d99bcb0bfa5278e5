"""Words for wishes (wishes) and for gifts (gifts)."""

from __future__ import annotations

from jiedui.donations.words import gifts, wishes

__all__ = ["gifts", "wishes"]
