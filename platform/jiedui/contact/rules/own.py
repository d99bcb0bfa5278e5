"""What a helper has of their own: why a badge is refused."""

from __future__ import annotations

from enum import StrEnum


class OwnRefusal(StrEnum):
    """Why a badge is refused."""

    not_cleared = "not cleared"
    unprintable = "unprintable"
