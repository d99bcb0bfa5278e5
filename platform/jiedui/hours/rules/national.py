"""What of the ledger goes to the national volunteer system, and how an entry is called there."""

from __future__ import annotations

from enum import StrEnum

ENTRY = "JD"
TELLABLE = ("checked_in", "listed")  # nobody's bare word leaves the house


class ReturnState(StrEnum):
    """What has become of an entry that was told: waits, is in the national system, was refused."""

    sent = "sent"
    accepted = "accepted"
    refused = "refused"


class ReturnRefusal(StrEnum):
    """Why a file of hours is not made, agreed to or given out."""

    nothing_to_tell = "nothing to tell"
    own_return = "own return"
    agreed_already = "agreed already"
    not_agreed = "not agreed yet"


class ReplyFault(StrEnum):
    """What is wrong with a row of answers."""

    never_told = "never told"


def entry_number(session_id: int) -> str:
    """The number of an entry, as a person can read it out."""
    return f"{ENTRY}{session_id:08d}"


def entry_id(number: str) -> int | None:
    """The entry of a number; None for what is none."""
    digits = number.strip().upper().removeprefix(ENTRY)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 10 else None
