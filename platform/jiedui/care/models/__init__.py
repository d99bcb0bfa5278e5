"""Tables of the care for children."""

from __future__ import annotations

from jiedui.care.models.reviews import Review, ReviewCorrection, ReviewFile

__all__ = ["Review", "ReviewCorrection", "ReviewFile"]
