"""Tables of the care for children."""

from __future__ import annotations

from jiedui.care.models.absences import (
    Absence,
)
from jiedui.care.models.entrustment import (
    EntrustedChild,
    Entrustment,
    EntrustmentMove,
    EntrustmentScan,
)
from jiedui.care.models.guardianship import (
    DepartureTalk,
    Guardianship,
    GuardianshipMove,
)
from jiedui.care.models.reviews import (
    Review,
    ReviewCorrection,
    ReviewFile,
)
from jiedui.care.models.screening import (
    ScreeningCount,
    ScreeningMark,
    WalkingOrder,
)
from jiedui.care.models.support import (
    SupportCase,
    SupportStandard,
    SupportStep,
)
from jiedui.care.models.visits import (
    Visit,
    VisitChild,
    VisitFinding,
)

__all__ = [
    "Absence",
    "DepartureTalk",
    "EntrustedChild",
    "Entrustment",
    "EntrustmentMove",
    "EntrustmentScan",
    "Guardianship",
    "GuardianshipMove",
    "Review",
    "ReviewCorrection",
    "ReviewFile",
    "ScreeningCount",
    "ScreeningMark",
    "SupportCase",
    "SupportStandard",
    "SupportStep",
    "Visit",
    "VisitChild",
    "VisitFinding",
    "WalkingOrder",
]
