"""Lists of past hours, as sheets bring them."""

from __future__ import annotations

from jiedui.hours.exchange.lines import PAST, PastRow, read_past

__all__ = ["PAST", "PastRow", "read_past"]
