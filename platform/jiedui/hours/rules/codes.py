"""The codes of a carer's strip, and the sign of a place that changes every minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from jiedui.core.numbers import SIGNS
from jiedui.hours.rules.ledger import Evidence

STRIP = 20  # codes on one strip
CODE_SIGNS = 6  # 30 bits; with the tries below nobody guesses one
WRONG_A_DAY = 5
# From the end of a session to its code: later it is a note on paper, which a person looks at.
FRESH = timedelta(hours=48)

STEP = 60  # seconds that a place shows the same sign
STEPS_OLD = 2
MARK = 20  # hexadecimal digits of a sign: 80 bits


def code_from(random: bytes) -> str:
    """A code of a strip from four random bytes, as it is printed: two groups of three."""
    value = int.from_bytes(random, "big")
    signs = "".join(SIGNS[value >> 5 * n & 31] for n in range(CODE_SIGNS))
    return f"{signs[:3]}-{signs[3:]}"


def tidy_code(raw: str) -> str | None:
    """A code as somebody typed it, in its printed form; None if it cannot be one. Wide and small
    letters are read, and O, I and L for the digits they look like."""
    wide = str.maketrans({chr(0xFF01 + n): chr(0x21 + n) for n in range(94)})
    text = "".join(c for c in raw.translate(wide).upper() if c.isalnum())
    text = text.translate(str.maketrans("OIL", "011"))
    if len(text) != CODE_SIGNS or any(c not in SIGNS for c in text):
        return None
    return f"{text[:3]}-{text[3:]}"


def evidence_by_code(ended: datetime, now: datetime) -> Evidence:
    """What a right code makes of a session that ended then: the portal's clock decides."""
    fresh = timedelta() <= now - ended <= FRESH
    return Evidence.checked_in if fresh else Evidence.declared


def step_at(now: datetime) -> int:
    """Which step of a place's sign an instant lies in."""
    return int(now.timestamp()) // STEP


def step_fresh(step: int, now: datetime) -> bool:
    """Whether a sign of this step may be used now: at most two steps old, never of the future."""
    return 0 <= step_at(now) - step <= STEPS_OLD
