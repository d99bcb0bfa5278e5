"""When a session can be true, which book it belongs to, and what a record may be titled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from jiedui.helpers.rules import HelperKind
from jiedui.needs.rules import Where
from jiedui.pairings.rules import SERVING, PairingState

LONGEST = timedelta(hours=8)
DAY_MOST = timedelta(hours=12)
LATE = timedelta(days=60)


class SessionKind(StrEnum):
    """What a session was."""

    meeting = "meeting"
    call = "call"
    video = "video"
    letter = "letter"
    parcel = "parcel"


class Book(StrEnum):
    """Which book a session stands in: only the first is voluntary service (民政部令第67号 art. 19:
    paid work and duty time are not)."""

    voluntary = "voluntary"
    contract = "contract"
    duty = "duty"


# What a kind of helper may choose; the first is the default.
BOOKS_OF: dict[HelperKind, tuple[Book, ...]] = {
    HelperKind.volunteer: (Book.voluntary, Book.duty),
    HelperKind.caring_mother: (Book.voluntary, Book.duty),
    HelperKind.social_worker: (Book.contract, Book.voluntary),
}


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
    settled_already = "settled already"
    book_not_yours = "book not yours"
    reason_missing = "reason missing"
    nothing_chosen = "nothing chosen"
    nothing_to_certify = "nothing to certify"
    period_backwards = "period backwards"
    unprintable = "unprintable"
    replaced_already = "replaced already"
    not_held = "not held"
    not_counselling = "not counselling"
    no_star = "no star"
    own_star = "own star"
    not_disputed = "not disputed"
    objected_already = "objected already"
    answered_already = "answered already"
    own_dispute = "own dispute"
    pairing_unknown = "pairing unknown"
    code_wrong = "code wrong"
    sign_old = "sign old"
    sign_false = "sign false"
    here_already = "here already"
    not_here = "not here"
    other_place = "other place"
    other_day = "other day"
    other_visit = "other visit"
    here_logged = "here logged"
    of_a_list = "of a list"
    meeting_not_now = "meeting not now"
    not_on_list = "not on list"
    shows_sign = "shows sign"
    somebody_there = "somebody there"
    helper_elsewhere = "helper elsewhere"
    helper_day_full = "helper day full"


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
    that stand, of whatever book or pairing."""
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


# The field of the form that each fault of a session belongs to.
FIELD_OF: dict[HoursRefusal, str] = {
    HoursRefusal.other_visit: "on",
    HoursRefusal.no_length: "ends",
    HoursRefusal.in_future: "ends",
    HoursRefusal.too_long: "ends",
    HoursRefusal.day_too_long: "ends",
    HoursRefusal.overlaps: "starts",
    HoursRefusal.too_late: "on",
    HoursRefusal.before_pairing: "on",
    HoursRefusal.pairing_not_serving: "on",
    HoursRefusal.book_not_yours: "book",
    HoursRefusal.code_wrong: "code",
}


@dataclass(frozen=True)
class Step:
    """From this day on a pairing was in this state."""

    day: date
    state: PairingState


def begun_on(steps: Iterable[Step], met_on: date | None) -> date | None:
    """The day of the first meeting; for a pair taken over from life, the day it was taken over."""
    if met_on is not None:
        return met_on
    return min((s.day for s in steps if s.state is PairingState.legacy), default=None)


def served_on(steps: Sequence[Step], met_on: date | None, on: date) -> bool:
    """Whether a pairing served at any time of a day. The trial counts from the first meeting,
    not from the moment at which somebody recorded it."""
    trial = PairingState.trial
    first = min((s.day for s in steps if s.state is trial), default=None)
    if met_on is not None and first is not None and met_on <= on <= first:
        return True
    held = [s.state for s in steps if s.day == on]
    before = [s.state for s in steps if s.day < on]
    return bool(SERVING & {*held, *before[-1:]})


# What happens where: the kind of session that is filled in beforehand.
KIND_AT: dict[Where, SessionKind] = {
    Where.place: SessionKind.meeting,
    Where.home: SessionKind.meeting,
    Where.online: SessionKind.video,
    Where.phone: SessionKind.call,
}


def last_day(slot: int | None, today: date) -> date:
    """The latest day of a weekly slot, today included."""
    if slot is None:
        return today
    return today - timedelta(days=(today.weekday() - slot // 3) % 7)


def next_day(slot: int | None, today: date) -> date | None:
    """The coming day of a weekly slot, today included."""
    if slot is None:
        return None
    return today + timedelta(days=(slot // 3 - today.weekday()) % 7)


def pairing_number(said: str) -> int | None:
    """The number in what somebody typed of a pairing's code (P-0012, p12, 12); None if there is
    none."""
    plain = said.translate({0xFF10 + n: str(n) for n in range(10)}).upper().strip()
    digits = plain.removeprefix("P").lstrip("-－ ")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 9 else None


def is_own(persons: frozenset[int], helper_account: int | None, logged_by: int) -> bool:
    """Whether somebody would verify their own session: as its helper, or as who logged it."""
    return helper_account in persons or logged_by in persons
