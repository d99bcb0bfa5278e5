"""Invented sessions of a pairing, logged by its helper through the actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from typing import Any

from jiedui.core import clock, db
from jiedui.hours import actions, queries
from jiedui.hours.actions import NewSession
from jiedui.hours.rules import SessionKind
from tests.builders.helpers import cleared_volunteer
from tests.builders.pairings import Pair, trial
from tests.people import Person


@contextmanager
def evening_after(days: int = 2) -> Iterator[date]:
    """It is eight in the evening, some days after the first meeting; gives the day."""
    day = clock.today() + timedelta(days=days)
    with clock.moved_to(clock.at(day, 20)):
        yield day


def said(on: date, starts: str = "09:00", ends: str = "10:30", **over: Any) -> NewSession:
    """An hour and a half with a child."""
    begin, end = time.fromisoformat(starts), time.fromisoformat(ends)
    return NewSession(on, begin, end, SessionKind.meeting, **over)


def logged(pair: Pair, on: date, starts: str = "09:00", ends: str = "10:30", **over: Any) -> int:
    """A declared session of the pairing's helper (opens its own write)."""
    with db.write():
        new = actions.log_session(
            pair.read(), said(on, starts, ends, **over), by=pair.helper.actor()
        )
        db.session.flush()
        return new.id


def verified(pair: Pair, on: date, **over: Any) -> int:
    """A session that the director has verified (opens its own writes)."""
    number = logged(pair, on, **over)
    with db.write():
        actions.verify([queries.get(number)], by=pair.director.actor())
    return number


def serving() -> Pair:
    """Two who have met today."""
    return trial()


def two_pairs() -> tuple[Pair, Pair]:
    """One helper and two children, Saturday and Sunday mornings; both have met today."""
    both = frozenset({15, 18})
    helper = cleared_volunteer(capacity=2, slots=both)
    first = trial(helper_of=helper, slot=15, slots=both)
    return first, trial(helper_of=helper, slot=18, slots=both, director=first.director)


def without_account(pair: Pair, township: Person) -> Pair:
    """The helper is one without an account, entered by the township from a signed form (opens
    its own write)."""
    with db.write():
        helper = pair.read().helper
        helper.account_id, helper.entered_by = None, township.account_id
        helper.form_holder = "北东山镇民政办，柜 2"
    return pair
