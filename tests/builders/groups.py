"""Invented small groups: a Children's Home with its director, a helper who holds it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.models import Activity, ActivityMeeting
from jiedui.activities.queries import classes, meetings
from jiedui.activities.rules import Came, GroupSaid
from jiedui.core import clock, db
from tests import people
from tests.builders.children import director
from tests.builders.helpers import cleared_volunteer
from tests.builders.needs import place
from tests.people import Person


@dataclass(frozen=True)
class Group:
    """A group, the office that planned it, the director who keeps the home, who is asked."""

    office: Person
    keeper: Person
    helper: Person
    helper_id: int
    id: int

    @property
    def director(self) -> Person:
        """Who signs children up: the keeper."""
        return self.keeper

    def read(self) -> Activity:
        """The group, in a transaction."""
        return classes.get_class(self.id)

    def meeting(self, n: int = 0) -> ActivityMeeting:
        """One of its meetings, in a transaction."""
        return meetings.meetings_of(self.id)[n]

    def after(self, n: int = 0) -> datetime:
        """An hour after one of its meetings ended."""
        with db.read():
            return self.meeting(n).end_at + timedelta(hours=1)


def said(place_id: int, keeper: Person, **over: Any) -> GroupSaid:
    """Eight weeks, once a week from half past four to six, three seats."""
    starts = clock.today() + timedelta(days=7)
    plain = GroupSaid(
        title="读绘本", place_id=place_id, keeper_id=keeper.account_id, seats=3, starts=starts,
        ends=starts + timedelta(days=55), weekdays=frozenset({starts.weekday()}),
        begins_at=time(16, 30), ends_at=time(18),
    )  # fmt: skip
    return replace(plain, **over)


def planned(*, asked: bool = True, yes: bool = True, **over: Any) -> Group:
    """A group; somebody is asked, and has said yes."""
    office = people.appoint(Role.coordinator, office=Office.womens_federation)
    keeper = director()
    helper, helper_id = cleared_volunteer(name="贾带组")
    with db.write():
        home = place()
        db.session.flush()
        made = actions.plan_group(said(home.id, keeper, **over), by=office.actor())
        db.session.flush()
        number = made.id
        if asked:
            one = actions.ask(made, helper_id, by=office.actor())
            if yes:
                db.session.flush()
                actions.answer(one, yes=True, by=helper.actor())
    return Group(office, keeper, helper, helper_id, number)


def told(of: Group, n: int = 0) -> None:
    """Whoever holds it says that they were there."""
    with db.write():
        meeting = of.meeting(n)
        came = [Came(of.helper_id, meeting.start_at, meeting.end_at)]
        actions.tell(meeting, came, by=of.helper.actor())
