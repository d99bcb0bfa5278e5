"""Files that somebody of another township asks to read, and that are opened to them."""

from __future__ import annotations

from datetime import timedelta

from jiedui.access.rules import Role
from jiedui.children.rules import RevealReason
from jiedui.core import clock, db
from jiedui.files import actions, queries
from jiedui.files.actions import AccessAsked
from tests import people
from tests.builders import children as kids
from tests.people import Person

WHY = "孩子转到我村上学，需要了解情况"


def far_director() -> Person:
    """Who works in a village of another township."""
    return kids.director(people.FAR_VILLAGE)


def township() -> Person:
    """Who is in charge where the child lives."""
    return people.appoint(Role.township_supervisor, people.TOWNSHIP)


def said(child: int, days: int = 7) -> AccessAsked:
    """What is asked for a child's file (inside a transaction or not)."""
    until = clock.today() + timedelta(days=days)
    return AccessAsked(f"C-{child:04d}", RevealReason.school, WHY, until)


def asked(who: Person, child: int, days: int = 7) -> int:
    """Somebody has asked for a child's file; the request's id."""
    with db.write():
        one = actions.ask_access(said(child, days), by=who.actor())
        db.session.flush()
        return one.id


def opened(who: Person, child: int, by: Person, days: int = 7) -> int:
    """And who is in charge has said yes."""
    number = asked(who, child, days)
    with db.write():
        one = queries.access(number)
        actions.open_access(one, one.until, by=by.actor(), version=None)
    return number
