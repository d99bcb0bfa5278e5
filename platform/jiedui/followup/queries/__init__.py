"""What is known of a pairing's life (lives), the words of the three (voices), a family's key
(stops)."""

from __future__ import annotations

from jiedui.followup.queries.lives import (
    Standing,
    clocks_of,
    counts,
    last_heard,
    standing_of,
    standings,
    watched,
)
from jiedui.followup.queries.stops import by_key, stopped, stops_of
from jiedui.followup.queries.voices import endings_unheard, heard_of, latest

__all__ = [
    "Standing",
    "by_key",
    "clocks_of",
    "counts",
    "endings_unheard",
    "heard_of",
    "last_heard",
    "latest",
    "standing_of",
    "standings",
    "stopped",
    "stops_of",
    "watched",
]
