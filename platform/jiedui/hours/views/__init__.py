"""Pages of hours: one's own (own), logging (sessions, standing_in), checking in by codes and at
places (checking), on paper (papers), without a line (offline), the weekly list (weekly), entries
in question (questions), records; purchased services (contracts); what took place at a place
(places), at an event (meetings)."""

from __future__ import annotations

from jiedui.hours.views import (
    checking,
    contracts,
    journal,
    meetings,
    national,
    offline,
    own,
    papers,
    places,
    questions,
    records,
    sessions,
    standing_in,
    stars,
    units,
    weekly,
)
from jiedui.hours.views.blueprint import bp

__all__ = [
    "bp",
    "checking",
    "contracts",
    "journal",
    "meetings",
    "national",
    "offline",
    "own",
    "papers",
    "places",
    "questions",
    "records",
    "sessions",
    "standing_in",
    "units",
    "stars",
    "weekly",
]
