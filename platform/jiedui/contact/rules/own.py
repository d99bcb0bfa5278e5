"""What a helper has of their own: why a badge or an address is refused; names as outsiders see
them."""

from __future__ import annotations

from enum import StrEnum


class OwnRefusal(StrEnum):
    """Why a badge is refused."""

    not_cleared = "not cleared"
    unprintable = "unprintable"


def masked(name: str) -> str:
    """A name as anybody may see it: the family name, and a star for each further sign."""
    return name[:1] + "＊" * max(1, len(name) - 1)
