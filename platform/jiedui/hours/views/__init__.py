"""Pages of hours: one's own (own), logging (sessions), the weekly list (weekly), records."""

from __future__ import annotations

from jiedui.hours.views import own, records, sessions, weekly
from jiedui.hours.views.blueprint import bp

__all__ = ["bp", "own", "records", "sessions", "weekly"]
