"""What follows for classes from the rooms below: who loses clearance or is reported leaves them;
a no of a family frees the seat."""

from __future__ import annotations

from jiedui.activities.actions.classes import take_off
from jiedui.activities.actions.seats import unseat
from jiedui.activities.actions.waiting import leave_line
from jiedui.activities.queries import classes as queries
from jiedui.children import queries as children
from jiedui.children.rules import Purpose
from jiedui.core.actors import SYSTEM
from jiedui.core.happenings import (
    AnswerGiven,
    ChildClosed,
    ConsentWithdrawn,
    FilesJoined,
    HelperLostClearance,
    HelperReported,
)


def on_lost_clearance(word: HelperLostClearance) -> None:
    """Nobody without clearance meets a class."""
    for one in queries.helping_now(word.helper_id):
        take_off(one, by=SYSTEM)


def on_reported(word: HelperReported) -> None:
    """Somebody is worried about a helper: no class meets them until it is looked into."""
    for one in queries.helping_now(word.helper_id):
        take_off(one, by=SYSTEM)


def on_answer(word: AnswerGiven) -> None:
    """A no of guardian or child to a class frees the seat."""
    if word.purpose != Purpose.activity or word.about_id is None:
        return
    if children.view_answer(word.child_id, Purpose.activity, word.about_id) is False:
        _free(word.child_id, word.about_id)


def on_withdrawn(word: ConsentWithdrawn) -> None:
    """The guardian says no to a class, or takes a yes back."""
    if word.purpose == Purpose.activity:
        _free(word.child_id, word.about_id)


def _free(child_id: int, activity_id: int | None) -> None:
    # Out of every line first: a seat it gives up shall not come back to it.
    for one in queries.lines_of(child_id):
        if activity_id in (None, one.activity_id):
            leave_line(one, by=SYSTEM)
    for entry in queries.seats_of(child_id):
        if activity_id in (None, entry.activity_id):
            unseat(entry, by=SYSTEM)


def on_child_closed(word: ChildClosed) -> None:
    """A child has left: its seats are free."""
    _free(word.child_id, None)


def on_files_joined(word: FilesJoined) -> None:
    """A file was a double: its seats are free, the kept file is asked for itself."""
    _free(word.double_id, None)
