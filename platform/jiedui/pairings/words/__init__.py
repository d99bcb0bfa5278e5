"""Words of rounds and of pairings: importing this gives every enumeration its labels."""

from __future__ import annotations

from jiedui.pairings.words import life, rounds

__all__ = ["life", "rounds"]
