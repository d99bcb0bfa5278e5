"""When a letter leaves the house, how often it is tried, and what a person may choose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from jiedui.core.states import Transitions

# After the first, second, ... try that failed; then it is given up, and stands on a page.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
TRIES = len(PAUSES) + 1
# A try of which nothing was heard for so long was cut off: the worker was killed at it.
CUT_OFF_AFTER = timedelta(minutes=30)
CODE_LIVES = timedelta(hours=24)
CODE_DIGITS = 8
CODE_TRIES = 5
CODES_A_DAY = 5
ADDRESS_MOST = 254  # RFC 5321, 4.5.3.1.3


class Pace(StrEnum):
    """How soon letters leave."""

    at_once = "at once"
    daily = "daily"


class DeliveryState(StrEnum):
    """How far a letter has come on its way out."""

    waiting = "waiting"
    going = "going"
    failed = "failed"
    sent = "sent"
    given_up = "given_up"
    needless = "needless"


S = DeliveryState
MOVES = Transitions(
    {
        S.waiting: {S.going, S.needless},
        S.going: {S.sent, S.failed, S.given_up, S.needless},
        S.failed: {S.going, S.needless},
        S.given_up: {S.waiting, S.needless},
    }
)
OPEN = (DeliveryState.waiting, DeliveryState.failed)


class LetterRefusal(StrEnum):
    """Why a choice cannot be kept or a letter not tried again."""

    way_not_there = "way not there"
    no_address = "no address"
    bad_address = "bad address"
    too_many_codes = "too many codes"
    wrong_code = "wrong code"
    code_gone = "code gone"
    not_given_up = "not given up"


@dataclass(frozen=True)
class Hours:
    """A county's times, as its clocks show them. Quiet from and until the same time: never."""

    quiet_from: time = time(21)
    quiet_until: time = time(8)
    daily_at: time = time(18)

    def quiet(self, at: time) -> bool:
        """Whether people are left alone at a time: from the first minute, up to the last."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until


def hours_of(said: Mapping[str, str]) -> Hours:
    """A county's setting as times."""
    return Hours(
        time.fromisoformat(said["quiet from"]),
        time.fromisoformat(said["quiet until"]),
        time.fromisoformat(said["daily at"]),
    )


def awake(moment: datetime, hours: Hours) -> datetime:
    """The moment itself, or the end of the quiet hours it lies in (both by a clock in China)."""
    if not hours.quiet(moment.time()):
        return moment
    return _next(moment, hours.quiet_until)


def leaves_at(moment: datetime, hours: Hours, pace: Pace, *, urgent: bool) -> datetime:
    """When a letter that is posted now leaves: an urgent one at once, the others never in quiet
    hours."""
    if urgent:
        return moment
    return awake(_next(moment, hours.daily_at) if pace is Pace.daily else moment, hours)


def _next(moment: datetime, at: time) -> datetime:
    """The first moment, this one included, at which a clock shows a time."""
    there = datetime.combine(moment.date(), at, moment.tzinfo)
    return there if there >= moment else there + timedelta(days=1)


def pause_after(tries: int) -> timedelta | None:
    """How long to wait when this many tries have failed; None: no more."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


_ADDRESS = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


def is_address(said: str) -> bool:
    """Whether this can be a mail address; whether it is one, a code tells."""
    return len(said) <= ADDRESS_MOST and _ADDRESS.fullmatch(said) is not None


def masked_address(address: str) -> str:
    """How an address stands on its owner's page: l***@example.org."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}"


def masked_name(name: str) -> str:
    """How a grown-up's name stands in a list that is about something else: 王＊＊."""
    return name[:1] + "＊" * max(len(name) - 1, 1)
