"""Tables of the room: agreements with their yeses, scans and links; planned sessions and the
school calendar; the feed, the badge and the picture of a helper."""

from __future__ import annotations

from jiedui.contact.models.agreements import (
    Agreement,
    AgreementLink,
    AgreementScan,
    AgreementYes,
)
from jiedui.contact.models.own import CalendarFeed, HelperBadge, HelperPicture
from jiedui.contact.models.plan import PlannedSession, SchoolDates

__all__ = [
    "Agreement",
    "AgreementLink",
    "AgreementScan",
    "AgreementYes",
    "CalendarFeed",
    "HelperBadge",
    "HelperPicture",
    "PlannedSession",
    "SchoolDates",
]
