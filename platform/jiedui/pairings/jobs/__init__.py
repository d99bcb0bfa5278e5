"""What the calendar and the workers do for rounds and pairings."""

from __future__ import annotations

from jiedui.pairings.jobs import life, rounds, scoring, sheets

__all__ = ["life", "rounds", "scoring", "sheets"]
