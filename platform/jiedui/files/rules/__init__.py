"""What guardians may ask, and what stands against clearing a file."""

from __future__ import annotations

from jiedui.files.rules.beyond import (
    ACCESS_MOVES,
    MOST_DAYS,
    MOST_WAITING,
    AccessState,
    FileAccessRefusal,
    Standing,
    Verdict,
    standing,
    term_fault,
    two_persons_fault,
)
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
    "ACCESS_MOVES",
    "MOST_DAYS",
    "MOST_WAITING",
    "OPENS_COPY",
    "TAKES_CONSENT_BACK",
    "WORDS_LEAST",
    "WORKING_DAYS",
    "AccessState",
    "Asked",
    "Block",
    "FileAccessRefusal",
    "Ground",
    "How",
    "Outcome",
    "RequestRefusal",
    "Standing",
    "Verdict",
    "answer_fault",
    "standing",
    "term_fault",
    "two_persons_fault",
]
