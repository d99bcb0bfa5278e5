"""Word from a lower room that upper rooms act upon, in the same transaction.

The rare upward need (an expired check pauses pairings; a withdrawn consent closes needs). Who
listens stands in one dict in factory/wiring.py. Errors propagate: an act whose consequence fails
fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

DEPTH = 2


@dataclass(frozen=True)
class Happening:
    """Something that was done; subclasses carry ids only."""


@dataclass(frozen=True)
class HelperLostClearance(Happening):
    """A check expired, a finding was bad, or a helper was suspended or withdrew: `bad` tells a
    bad finding or suspension (red) from a paper that ran out."""

    helper_id: int
    bad: bool


@dataclass(frozen=True)
class HelperCleared(Happening):
    """Every gate is open (again)."""

    helper_id: int


@dataclass(frozen=True)
class HelperCapacityLowered(Happening):
    """A helper wants fewer children than before; who listens refuses what would leave a living
    pairing without its place."""

    helper_id: int
    capacity: int


@dataclass(frozen=True)
class AnswerGiven(Happening):
    """A guardian answered, or a child's view was recorded. `about_id` is a pairing's id when the
    purpose is "pairing", an activity's when it is "activity", else None."""

    child_id: int
    purpose: str
    about_id: int | None


@dataclass(frozen=True)
class ChildDeclined(Happening):
    """A child said no to help by a stranger at all, to whom (None: nobody is on record)."""

    child_id: int
    account_id: int | None


@dataclass(frozen=True)
class ConsentWithdrawn(Happening):
    """A guardian took consent back."""

    child_id: int
    purpose: str
    about_id: int | None


@dataclass(frozen=True)
class FileChanged(Happening):
    """What is known of a child has changed, or a file was opened or closed; it is kept already."""

    child_id: int


@dataclass(frozen=True)
class SheetTaken(Happening):
    """Every row of a sheet has been taken over, so many that nobody was told of each."""

    county_id: int
    kind: str
    account_id: int | None


@dataclass(frozen=True)
class ChildClosed(Happening):
    """A file left the ledger."""

    child_id: int


@dataclass(frozen=True)
class FilesJoined(Happening):
    """A file was found to be a double of another: what lives around it goes over, or refuses."""

    merge_id: int
    kept_id: int
    double_id: int


@dataclass(frozen=True)
class FilesParted(Happening):
    """Two joined files were taken apart. `moved` says what the rooms above noted of the joining,
    by which each brings back what was its own."""

    kept_id: int
    double_id: int
    moved: Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class HelperReported(Happening):
    """Somebody is worried about a helper: what they do with children stops until it is looked
    into. It happens in a job of its own, and may happen twice."""

    helper_id: int


@dataclass(frozen=True)
class MeetingConfirmed(Happening):
    """The list of a meeting of an activity is confirmed: its helpers' hours are known."""

    meeting_id: int


@dataclass(frozen=True)
class MeetingCalledOff(Happening):
    """A meeting of an activity is not held, or was not; who listens refuses where it was."""

    meeting_id: int


@dataclass(frozen=True)
class NeedClosed(Happening):
    """A need ended, for whatever reason."""

    need_id: int


Listener = Callable[[Any], None]
_listeners: Mapping[type[Happening], Sequence[Listener]] = {}
_depth: ContextVar[int] = ContextVar("depth", default=0)


class TooDeep(Exception):
    """A happening led to a happening that led to a happening: the direction is wrong."""


def listen(listeners: Mapping[type[Happening], Sequence[Listener]]) -> None:
    """Take the whole table of listeners."""
    global _listeners
    _listeners = listeners


def happen(happening: Happening) -> None:
    """Tell everybody who listens, now, in this transaction."""
    depth = _depth.get()
    if depth >= DEPTH:
        raise TooDeep(type(happening).__name__)
    token = _depth.set(depth + 1)
    try:
        for listener in _listeners.get(type(happening), ()):
            listener(happening)
    finally:
        _depth.reset(token)
