"""Passwords that are good enough, links that still live, and when sign-in must wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from jiedui.access.rules.refusals import AccessRefusal

LINK_HOURS = 72
TRIES = 10
TRIES_WITHIN = timedelta(minutes=15)
TRIES_PER_ADDRESS = 50
REGISTRATIONS_WITHIN = timedelta(hours=1)
CODE_TRIES = 30  # wrong second steps of one account, from anywhere: the password is known already
PASSWORD_LEAST = 10  # OWASP ASVS 5, 6.2.1: at least 8, better 15; no composition rules
COMMON = frozenset(
    [
        "1234567890",
        "0123456789",
        "12345678901",
        "123456789a",
        "a123456789",
        "qwertyuiop",
        "1q2w3e4r5t",
        "password123",
        "password1234",
        "woaini1314",
        "woaini5201314",
        "11111111111",
        "1111111111",
        "0000000000",
        "8888888888",
        "6666666666",
        "aa123456789",
        "asd123456789",
        "q123456789",
        "qq123456789",
        "1qaz2wsx3edc",
        "5201314520",
        "1314520520",
        "iloveyou123",
        "abcd123456",
        "abc1234567",
        "123456abcd",
        "1234567891",
    ]
)


def password_fault(password: str, personal: Iterable[str]) -> AccessRefusal | None:
    """What is wrong with a new password: length, list of common ones, own number (ASVS 6.2)."""
    if len(password) < PASSWORD_LEAST:
        return AccessRefusal.password_short
    if password.lower() in COMMON or len(set(password)) < 4:
        return AccessRefusal.password_common
    if any(p and p in password for p in personal):
        return AccessRefusal.password_has_name
    return None


def blocked(failures: int, at_address: int, *, known_here: bool = False) -> bool:
    """Whether sign-in must wait: too many failures of this name here, or of this address at all.
    Failures are counted per name and address, so that nobody can lock another person out; and who
    has signed in from an address before is not kept out by what others try there."""
    return failures >= TRIES or (at_address >= TRIES_PER_ADDRESS and not known_here)


def link_lives(expires: datetime, used: datetime | None, now: datetime) -> bool:
    """Whether a single-use link can still be used."""
    return used is None and now < expires
