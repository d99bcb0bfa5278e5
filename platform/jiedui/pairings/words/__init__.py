"""Words of rounds and of pairings: importing this gives every enumeration its labels."""

from __future__ import annotations

from jiedui.pairings.words import legacy, life, rounds, scoring

__all__ = ["legacy", "life", "rounds", "scoring"]
