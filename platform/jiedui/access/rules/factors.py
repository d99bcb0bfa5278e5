"""What is asked beside the password: the second factor, a remembered phone, the password anew."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from jiedui.access.rules.refusals import AccessRefusal
from jiedui.access.rules.roles import MAY_REMEMBER, SECOND_FACTOR, Role

CARD_CODES = 10
CARD_LOW = 3  # that many left: time for a new card
CODE_DIGITS = 8  # of a card; an authenticator shows six, so that one field takes either
PHONE_DAYS = 30
PIN_TRIES = 5
RECENT = timedelta(minutes=15)
EASY = frozenset("112233 123321 123123 121212 520131 521521 147258 159357 168168 666888".split())


class Step(StrEnum):
    """What was tried when somebody signed in, showed once more who they are, or registered."""

    password = "password"  # noqa: S105
    code = "code"
    registering = "registering"


class Forgotten(StrEnum):
    """Why a remembered phone is remembered no longer."""

    by_hand = "by hand"
    sign_out = "sign-out"
    wrong_pins = "wrong pins"
    role = "role"
    ended = "ended"


def needs_second_factor(roles: Collection[Role]) -> bool:
    """Whether somebody with these roles needs more than a password: every role of the county and
    of a township (GB/T 22239-2019 8.1.4.1, OWASP ASVS 5 6.3.3)."""
    return any(role in SECOND_FACTOR for role in roles)


def may_remember(roles: Collection[Role]) -> bool:
    """Whether somebody with these roles may have their phone remembered: who works in a village
    or helps, and is nothing else."""
    return bool(roles) and all(role in MAY_REMEMBER for role in roles)


def pin_fault(pin: str, phone: str) -> AccessRefusal | None:
    """What is wrong with a PIN: not six digits, a row, a pattern, a date of birth, or digits of
    one's own mobile number."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        return AccessRefusal.pin_not_six
    if pin in EASY or _patterned(pin):
        return AccessRefusal.pin_easy
    if _reads_as_birth(pin):
        return AccessRefusal.pin_date
    if pin in phone:
        return AccessRefusal.pin_phone
    return None


def _patterned(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in zip(pin, pin[1:], strict=False)}
    halves = pin[:3] == pin[3:] or pin[:2] == pin[2:4] == pin[4:]
    return halves or (len(steps) == 1 and steps <= {0, 1, 9}) or len(set(pin)) < 3


def _reads_as_birth(pin: str) -> bool:
    """A day as two digits of year, month and day, or a month as year and month. Anybody's: one's
    own is not known here, and a child's or a wife's is guessed as soon."""
    if 1 <= int(pin[2:4]) <= 12 and 1 <= int(pin[4:]) <= 31:
        return True
    return pin[:2] in ("19", "20") and 1 <= int(pin[4:]) <= 12


def is_recent(asked_at: datetime | None, now: datetime) -> bool:
    """Whether the password was typed lately enough for what is sealed and for files with names.
    A PIN does not count. A clock that was set back makes nothing recent."""
    return asked_at is not None and timedelta() <= now - asked_at <= RECENT
