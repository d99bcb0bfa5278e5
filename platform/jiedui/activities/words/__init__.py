"""Words of the room activities: importing this gives every enumeration its labels."""

from __future__ import annotations

from jiedui.activities.words import classes, events, prevention, safety

__all__ = ["classes", "events", "prevention", "safety"]
