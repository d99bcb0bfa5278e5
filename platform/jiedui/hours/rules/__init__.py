"""When a session can be true, which book it belongs to, what a record may be titled (sessions);
hours from before the portal (past)."""

from __future__ import annotations

from jiedui.contact.rules.plan import usual_times
from jiedui.core.numbers import SIGNS, masked, number_from, tidy_number
from jiedui.hours.rules.sessions import (
    BOOKS_OF,
    DAY_MOST,
    EVIDENCE_MOVES,
    FIELD_OF,
    KIND_AT,
    LATE,
    LONGEST,
    STANDING,
    Book,
    DisputeReason,
    Evidence,
    HoursRefusal,
    SessionKind,
    Span,
    Step,
    Title,
    begun_on,
    is_own,
    last_day,
    next_day,
    served_on,
    session_fault,
    title_for,
)

__all__ = [
    "BOOKS_OF",
    "DAY_MOST",
    "EVIDENCE_MOVES",
    "FIELD_OF",
    "KIND_AT",
    "LATE",
    "LONGEST",
    "SIGNS",
    "STANDING",
    "Book",
    "DisputeReason",
    "Evidence",
    "HoursRefusal",
    "SessionKind",
    "Span",
    "Step",
    "Title",
    "begun_on",
    "is_own",
    "last_day",
    "masked",
    "next_day",
    "number_from",
    "served_on",
    "session_fault",
    "tidy_number",
    "title_for",
    "usual_times",
]
