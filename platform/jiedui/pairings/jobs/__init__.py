"""What the calendar and the workers do for rounds and pairings."""

from __future__ import annotations

from jiedui.pairings.jobs import life, rounds, sheets

__all__ = ["life", "rounds", "sheets"]
