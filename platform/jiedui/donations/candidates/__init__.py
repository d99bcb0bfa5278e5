"""The seam to the engine: gifts in stock and open wishes become its rows, its plan a proposal."""

from __future__ import annotations

from jiedui.donations.candidates.plan import propose

__all__ = ["propose"]
