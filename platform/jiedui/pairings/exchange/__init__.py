"""Lists of pairs that lived before the portal, as sheets bring them."""

from __future__ import annotations

from jiedui.pairings.exchange.lines import BEFORE, PairRow, read_pair

__all__ = ["BEFORE", "PairRow", "read_pair"]
