"""Access to a file beyond one's own area: asked for, decided by who is in charge there, soon over.

Regulations on the Protection of Minors in Cyberspace (未成年人网络保护条例) art. 36: staff see data
of minors only as far as their work needs it, with the leave of who is in charge, and on record.
What lies beyond somebody's area does not exist for them: so a no, and a number that is nobody's,
look to who asked as if nothing had been decided.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from jiedui.access.rules import Actor
from jiedui.core.states import Transitions

MOST_DAYS = 30
MOST_WAITING = 5  # numbers that one person can have asked for and not been given: no trying out


class AccessState(StrEnum):
    """Where it stands. One that is open closes by itself after its last day."""

    asked = "asked"
    open = "open"
    refused = "refused"
    ended = "ended"


ACCESS_MOVES = Transitions(
    {
        AccessState.asked: {AccessState.open, AccessState.refused},
        AccessState.open: {AccessState.ended},
    }
)


class Standing(StrEnum):
    """What who asked is told of it."""

    waiting = "waiting"
    open = "open"
    not_opened = "not opened"
    over = "over"


class Verdict(StrEnum):
    """What who is in charge says."""

    yes = "yes"
    no = "no"


class FileAccessRefusal(StrEnum):
    """Why it cannot be asked for, or not be decided so."""

    no_number = "no number"
    too_long = "too long"
    longer_than_asked = "longer than asked"
    too_many = "too many"
    in_reach = "in reach"
    own_request = "own request"
    decided = "decided"
    over = "over"
    file_closed = "file closed"
    too_short = "too short"


def standing(state: AccessState, until: date, today: date) -> Standing:
    """What who asked is told: of a no, the same as of silence, until the last day asked for."""
    over = today > until
    if state is AccessState.ended or (state is AccessState.open and over):
        return Standing.over
    if state is AccessState.open:
        return Standing.open
    return Standing.not_opened if over else Standing.waiting


def term_fault(days: int, asked: int | None = None) -> FileAccessRefusal | None:
    """Whether a file may be open for so many days more than the first: thirty at most, and no
    longer than was asked for."""
    if not 1 <= days <= MOST_DAYS:
        return FileAccessRefusal.too_long
    return FileAccessRefusal.longer_than_asked if asked is not None and days > asked else None


def two_persons_fault(asked_by: int, decider: Actor) -> FileAccessRefusal | None:
    """Nobody decides for themselves, nor whoever stands in for who asked."""
    own = asked_by in (decider.account_id, decider.acts_as)
    return FileAccessRefusal.own_request if own else None
