"""Passwords (argon2id), one-time codes (TOTP, RFC 6238; codes of a printed card), PINs."""

from __future__ import annotations

import hmac
import secrets

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from jiedui.access.rules import CARD_CODES, CODE_DIGITS
from jiedui.core import clock, crypto

STEP = 30
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_nobody = ""


def configure(memory_kib: int, rounds: int) -> None:
    """Set the cost; it is kept in each hash, so older hashes go on working."""
    global _hasher, _nobody
    _hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)
    _nobody = ""


def hashed(password: str) -> str:
    """The hash to keep."""
    return _hasher.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the right one. An account that is not there takes as long."""
    global _nobody
    if kept is None:
        _nobody = _nobody or _hasher.hash("nobody")
    try:
        _hasher.verify(kept or _nobody, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return kept is not None


def new_secret() -> str:
    """A secret for an authenticator."""
    return pyotp.random_base32()


def enrolment_uri(secret: str, name: str) -> str:
    """What the QR code for an authenticator says."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Jiedui")


def present_step() -> int:
    """The time step that now belongs to."""
    return int(clock.now().timestamp()) // STEP


def code_step(secret: str, code: str, last_step: int) -> int | None:
    """The time step a code belongs to, if it is right and newer than the last one used: a code
    works once. One step of a slow clock is forgiven."""
    now, totp, typed = present_step(), pyotp.TOTP(secret), digits(code)
    for step in (now - 1, now, now + 1):
        if step > last_step and hmac.compare_digest(totp.at(step * STEP), typed):
            return step
    return None


def fresh_code(secret: str, last_step: int) -> str | None:
    """The code that would be taken now; None when the next half minute must be waited for."""
    now = present_step()
    step = max(now, last_step + 1)
    return pyotp.TOTP(secret).at(step * STEP) if step <= now + 1 else None


def digits(typed: str) -> str:
    """The digits of what was typed: codes are read aloud and printed in groups."""
    return "".join(sign for sign in typed if sign in "0123456789")


def new_codes() -> list[str]:
    """The codes of a fresh card, all different."""
    found: set[str] = set()
    while len(found) < CARD_CODES:
        found.add(f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}")
    return sorted(found)


def code_index(card_id: int, code: str) -> str:
    """What is kept of a code of a card: eight digits could be tried out against a plain hash."""
    return crypto.blind_index("one_time_code", f"{card_id}:{code}")


def pin_index(fingerprint: str, pin: str) -> str:
    """What is kept of the PIN of a phone."""
    return crypto.blind_index("remembered_phone.pin", f"{fingerprint}:{pin}")


def same(kept: str, shown: str) -> bool:
    """Whether two fingerprints are the same, without telling by time how far they are."""
    return hmac.compare_digest(kept, shown)
