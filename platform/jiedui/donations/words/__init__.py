"""Words for wishes (wishes)."""

from __future__ import annotations

from jiedui.donations.words import wishes

__all__ = ["wishes"]
