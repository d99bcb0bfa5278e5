"""When a session can be true, which book it belongs to, and what a record may be titled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

LONGEST = timedelta(hours=8)
DAY_MOST = timedelta(hours=12)
LATE = timedelta(days=60)


class SessionKind(StrEnum):
    """What a session was."""

    meeting = "meeting"
    call = "call"
    video = "video"
    letter = "letter"


class Book(StrEnum):
    """Which book a session stands in: only the first is voluntary service (民政部令第67号 art. 19:
    paid work and duty time are not)."""

    voluntary = "voluntary"
    contract = "contract"
    duty = "duty"


class Evidence(StrEnum):
    """How we know of it: declared by the helper, or verified by a person in the weekly list."""

    declared = "declared"
    verified = "verified"
    disputed = "disputed"


class Title(StrEnum):
    """What a record of service may be called (民政部令第67号 arts. 2, 14, 26)."""

    certificate = "certificate"
    platform_record = "platform_record"


class HoursRefusal(StrEnum):
    """Why a session or a record is refused."""

    no_length = "no length"
    in_future = "in future"
    too_long = "too long"
    day_too_long = "day too long"
    overlaps = "overlaps"
    too_late = "too late"
    before_pairing = "before pairing"
    pairing_not_serving = "pairing not serving"
    own_session = "own session"
    verified_already = "verified already"
    corrected_already = "corrected already"
    nothing_to_certify = "nothing to certify"
    period_backwards = "period backwards"


@dataclass(frozen=True)
class Span:
    """From one instant to another."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether both have a moment in common (touching ends do not)."""
        return self.start < other.end and other.start < self.end


def session_fault(
    said: Span, others_that_day: Iterable[Span], now: datetime, met_on: date | None, on: date
) -> HoursRefusal | None:
    """What is wrong with a session, or None. `others_that_day` are the helper's other sessions
    that count, of whatever book or pairing."""
    if said.end <= said.start:
        return HoursRefusal.no_length
    if said.end > now:
        return HoursRefusal.in_future
    if said.length > LONGEST:
        return HoursRefusal.too_long
    if now - said.end > LATE:
        return HoursRefusal.too_late
    if met_on is None or on < met_on:
        return HoursRefusal.before_pairing
    others = list(others_that_day)
    if any(said.overlaps(o) for o in others):
        return HoursRefusal.overlaps
    total = said.length + sum((o.length for o in others), timedelta())
    return HoursRefusal.day_too_long if total > DAY_MOST else None
