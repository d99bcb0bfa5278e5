"""Pages of hours: one's own (own), logging (sessions), checking in by codes and at places (checking),
the weekly list (weekly), records."""

from __future__ import annotations

from jiedui.hours.views import checking, own, records, sessions, weekly
from jiedui.hours.views.blueprint import bp

__all__ = ["bp", "checking", "own", "records", "sessions", "weekly"]
