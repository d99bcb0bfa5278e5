"""What guardians may ask, and what stands against clearing a file."""

from __future__ import annotations

from jiedui.files.rules.keeping import Block
from jiedui.files.rules.requests import (
    OPENS_COPY,
    TAKES_CONSENT_BACK,
    WORDS_LEAST,
    WORKING_DAYS,
    Asked,
    Ground,
    How,
    Outcome,
    RequestRefusal,
    answer_fault,
)

__all__ = [
    "OPENS_COPY",
    "TAKES_CONSENT_BACK",
    "WORDS_LEAST",
    "WORKING_DAYS",
    "Asked",
    "Block",
    "Ground",
    "How",
    "Outcome",
    "RequestRefusal",
    "answer_fault",
]
