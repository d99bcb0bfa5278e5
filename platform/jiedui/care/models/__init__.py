"""Tables of the care for children."""

from __future__ import annotations

from jiedui.care.models.reviews import Review, ReviewCorrection, ReviewFile
from jiedui.care.models.screening import ScreeningCount, ScreeningMark, WalkingOrder
from jiedui.care.models.visits import Visit, VisitChild, VisitFinding

__all__ = [
    "Review",
    "ReviewCorrection",
    "ReviewFile",
    "ScreeningCount",
    "ScreeningMark",
    "Visit",
    "VisitChild",
    "VisitFinding",
    "WalkingOrder",
]
