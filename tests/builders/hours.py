"""Invented sessions of a pairing, logged by its helper through the actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import delete, text

from jiedui.core import clock, db
from jiedui.hours import actions, queries
from jiedui.hours.actions import NewSession
from jiedui.hours.models import (
    Certificate,
    CodeStrip,
    CodeTry,
    PlaceStay,
    ServiceSession,
    SessionCode,
)
from jiedui.hours.rules import SessionKind
from jiedui.hours.rules.codes import step_at
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


def home_of(pair: Pair) -> int:
    """The id of the Children's Home at which a pair meets (opens its own read)."""
    with db.read():
        return pair.read().need.place_id or 0


def sign_now(place_id: int) -> tuple[int, str]:
    """What stands at a place at this moment: the step and its mark."""
    step = step_at(clock.now())
    return step, queries.sign_of(place_id, step)


def strip(pair: Pair) -> list[str]:
    """A new strip for the carer (opens its own write)."""
    with db.write():
        return actions.print_strip(pair.read(), by=pair.director.actor())


def emptied() -> None:
    """The ledger of a test as if nothing had been logged, past what holds it (opens its own
    write)."""
    hold = "service_session_kept_gone"
    with db.write():
        if not db.database().sqlite:
            tables = "certificate, service_session, place_stay, session_code, code_strip, code_try"
            db.session.execute(text(f"TRUNCATE {tables} CASCADE"))
            return
        kept = text("SELECT sql FROM sqlite_master WHERE name = :name")
        made = db.session.scalar(kept, {"name": hold})
        db.session.execute(text(f"DROP TRIGGER {hold}"))
        for table in (Certificate, ServiceSession, PlaceStay, SessionCode, CodeStrip, CodeTry):
            db.session.execute(delete(table))
        db.session.execute(text(str(made)))


def without_account(pair: Pair, township: Person) -> Pair:
    """The helper is one without an account, entered by the township from a signed form (opens
    its own write)."""
    with db.write():
        helper = pair.read().helper
        helper.account_id, helper.entered_by = None, township.account_id
        helper.form_holder = "北东山镇民政办，柜 2"
    return pair
