"""When a session can be true and which book it belongs to (sessions), how we know of it and whether
it counts (ledger), codes and signs of places (codes), what a record may be titled and its number
(numbers); hours from before the portal (past)."""

from __future__ import annotations

from jiedui.contact.rules.plan import usual_times
from jiedui.core.numbers import SIGNS, masked, number_from, tidy_number
from jiedui.hours.rules.ledger import (
    ENTRY_MOVES,
    HOLDING,
    IN_QUESTION,
    SUMMED,
    Answered,
    DisputeReason,
    EntryState,
    Evidence,
    HeldFor,
    Mood,
    Progress,
    may_withdraw,
)
from jiedui.hours.rules.numbers import (
    RecordState,
    Title,
    title_for,
)
from jiedui.hours.rules.sessions import (
    BOOKS_OF,
    DAY_MOST,
    FIELD_OF,
    KIND_AT,
    LATE,
    LONGEST,
    Book,
    HoursRefusal,
    SessionKind,
    Span,
    Step,
    begun_on,
    is_own,
    last_day,
    next_day,
    pairing_number,
    served_on,
    session_fault,
)

__all__ = [
    "BOOKS_OF",
    "DAY_MOST",
    "ENTRY_MOVES",
    "FIELD_OF",
    "HOLDING",
    "IN_QUESTION",
    "KIND_AT",
    "LATE",
    "LONGEST",
    "SIGNS",
    "SUMMED",
    "Answered",
    "Book",
    "DisputeReason",
    "EntryState",
    "Evidence",
    "HeldFor",
    "HoursRefusal",
    "Mood",
    "Progress",
    "RecordState",
    "SessionKind",
    "Span",
    "Step",
    "Title",
    "begun_on",
    "is_own",
    "last_day",
    "masked",
    "may_withdraw",
    "next_day",
    "number_from",
    "pairing_number",
    "served_on",
    "session_fault",
    "tidy_number",
    "title_for",
    "usual_times",
]
