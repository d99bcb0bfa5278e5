"""What waits for somebody, put together from every room."""

from __future__ import annotations

from jiedui.desk.queries.letters import letter, unread_letters
from jiedui.desk.queries.lines import lines_for
from jiedui.desk.queries.record import Wanted, entries, names_in
from jiedui.desk.queries.search import Found, is_code, search

__all__ = [
    "Found",
    "Wanted",
    "entries",
    "is_code",
    "letter",
    "lines_for",
    "names_in",
    "search",
    "unread_letters",
]
