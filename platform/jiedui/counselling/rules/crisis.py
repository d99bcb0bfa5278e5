"""A crisis flag (危机干预): where it is raised from, and what the room adds to a report."""

from __future__ import annotations

from enum import StrEnum


class FlagFrom(StrEnum):
    """From where somebody raised it."""

    file = "file"
    referral = "referral"
    screening = "screening"
    note = "note"
