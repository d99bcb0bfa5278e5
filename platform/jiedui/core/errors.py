"""Named failures that the edge turns into a message beside the field or into a page."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Refusal(Exception):
    """A rule says no. `code` names why (its words stand in the room's words.py), `field` the
    form field it belongs to, `facts` the plain values its words need (never a person's data)."""

    def __init__(self, code: StrEnum, field: str | None = None, **facts: Any) -> None:
        super().__init__(f"{type(code).__name__}.{code.value}")
        self.code, self.field, self.facts = code, field, facts


class Stale(Exception):
    """The record was changed since the page was loaded; `now` is the version it has."""

    def __init__(self, now: int) -> None:
        super().__init__(f"version {now}")
        self.now = now


class Missing(Exception):
    """No such thing for this reader: answered 404 whether or not it exists."""


class NotNow(Exception):
    """An own, visible thing, but this act is not allowed: answered 403."""


def fresh(version: int, submitted: int | None) -> None:
    """Refuse an act that was decided on an older version of the record."""
    if submitted is not None and submitted != version:
        raise Stale(version)
