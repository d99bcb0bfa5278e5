"""What a guardian may ask of the portal about a child's data, and what an answer must hold.

Personal Information Protection Law (个人信息保护法) art. 31, 44-50: guardians of those under
fourteen decide; they may look, have a copy, have mended, have deleted, and say no to further use.
Regulations on the Protection of Minors in Cyberspace (未成年人网络保护条例) art. 34: a refusal is
told in writing, with its reason. Fifteen working days are the longest time an operator may give
itself (App 违法违规收集使用个人信息行为认定方法, part 6).
"""

from __future__ import annotations

from enum import StrEnum

WORKING_DAYS = 15


class Asked(StrEnum):
    """What is asked for."""

    look = "look"
    copy = "copy"
    correct = "correct"
    delete = "delete"
    stop = "stop"


class How(StrEnum):
    """How it was asked."""

    in_person = "in person"
    telephone = "telephone"
    letter = "letter"


class Outcome(StrEnum):
    """What became of it."""

    granted = "granted"
    partly = "partly"
    refused = "refused"


class Ground(StrEnum):
    """Why something is not granted: the cases the law knows."""

    not_shown = "not shown"
    kept_by_law = "kept by law"
    protection = "protection"
    others = "others"
    not_held = "not held"


class RequestRefusal(StrEnum):
    """Why an act about a request is refused."""

    not_a_guardian = "not a guardian"
    in_future = "in future"
    answered = "answered"
    ground_missing = "ground missing"
    ground_without_refusal = "ground without refusal"
    too_short = "too short"
    cleared = "cleared"


OPENS_COPY = frozenset({Asked.look, Asked.copy})
TAKES_CONSENT_BACK = frozenset({Asked.delete, Asked.stop})
WORDS_LEAST = 10  # characters: a reason is more than a word


def answer_fault(outcome: Outcome, ground: Ground | None, words: str) -> RequestRefusal | None:
    """What an answer lacks: whatever is not granted in full has its ground and its reason in
    words, and what is granted has no ground."""
    if outcome is Outcome.granted:
        return RequestRefusal.ground_without_refusal if ground is not None else None
    if ground is None:
        return RequestRefusal.ground_missing
    return RequestRefusal.too_short if len(words.strip()) < WORDS_LEAST else None
