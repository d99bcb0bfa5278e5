"""Passwords (argon2id) and one-time codes (TOTP, RFC 6238)."""

from __future__ import annotations

import time

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

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


def code_step(secret: str, code: str, last_step: int) -> int | None:
    """The time step a code belongs to, if it is right and newer than the last one used: a code
    works once. One step of a slow clock is forgiven."""
    now = int(time.time()) // STEP
    totp = pyotp.TOTP(secret)
    for step in (now - 1, now, now + 1):
        if step > last_step and totp.verify(code.replace(" ", ""), for_time=step * STEP):
            return step
    return None
