"""Invented holiday classes: a campaign, a team of students, a class with seats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.models import Activity, ActivityMeeting, Season
from jiedui.activities.queries import classes, meetings, seasons
from jiedui.activities.rules import Came, ClassSaid, SeasonKind, SeasonSaid
from jiedui.children import queries as children
from jiedui.children.actions import ConsentSaid, ViewSaid
from jiedui.children.rules import Answer, AskedHow, Means, Purpose
from jiedui.core import clock, db
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders.children import director, household_child
from tests.builders.helpers import agency, cleared_volunteer, volunteer
from tests.builders.needs import place
from tests.people import Person


@dataclass(frozen=True)
class Team:
    """A campaign with a team of three students: two cleared, one whose checks are not complete."""

    league: Person
    manager: Person
    unit: int
    season: int
    cleared: tuple[tuple[Person, int], ...]
    late: tuple[Person, int]

    @property
    def everybody(self) -> list[int]:
        """The helpers of the team."""
        return [number for _, number in (*self.cleared, self.late)]

    def read(self) -> Season:
        """The campaign, in a transaction."""
        return seasons.get_season(self.season)


def days(**over: Any) -> SeasonSaid:
    """Three weeks that begin in seven; the checks close a week before."""
    starts = clock.today() + timedelta(weeks=7)
    said = SeasonSaid(
        SeasonKind.winter, starts - timedelta(weeks=1), starts, starts + timedelta(days=20)
    )
    return replace(said, **over)


def opened() -> tuple[Person, int]:
    """The Youth League opens a campaign (its own write)."""
    league = people.appoint(Role.coordinator, office=Office.youth_league)
    with db.write():
        season = actions.open_season(people.region(people.COUNTY), days(), by=league.actor())
        db.session.flush()
        return league, season.id


def team() -> Team:
    """A campaign for which a team of students has signed up."""
    unit = agency("北试大学支教队", UnitKind.volunteer_team)
    manager = people.appoint(Role.unit_manager, unit_id=unit)
    league, season = opened()
    two = tuple(cleared_volunteer(unit_id=unit, name=f"贾学{n}") for n in "甲乙")
    made = Team(league, manager, unit, season, two, volunteer(unit_id=unit, name="贾学丙"))
    with db.write():
        actions.sign_up(made.read(), made.everybody, by=manager.actor())
    return made


@dataclass(frozen=True)
class Class:
    """A class of that team at the home's place, with its director."""

    team: Team
    director: Person
    id: int

    def read(self) -> Activity:
        """The class, in a transaction."""
        return classes.get_class(self.id)

    def meeting(self, n: int = 0) -> ActivityMeeting:
        """One of its meetings, in a transaction."""
        return meetings.meetings_of(self.id)[n]

    def after(self, n: int = 0) -> datetime:
        """An hour after one of its meetings ended."""
        with db.read():
            return self.meeting(n).end_at + timedelta(hours=1)


def said(of: Team, place_id: int, **over: Any) -> ClassSaid:
    """Weekdays from nine to half past eleven, two seats."""
    season = of.read()
    plain = ClassSaid(
        title="画画和算术", unit_id=of.unit, place_id=place_id, seats=2, starts=season.starts,
        ends=season.ends, weekdays=frozenset(range(5)), begins_at=time(9), ends_at=time(11, 30),
    )  # fmt: skip
    return replace(plain, **over)


def planned(of: Team | None = None, *, staffed: bool = True, **over: Any) -> Class:
    """A class; `staffed`: the whole team is on it."""
    of = of or team()
    her = director()
    with db.write():
        where = place()
        db.session.flush()
        made = actions.plan_class(of.read(), said(of, where.id, **over), by=of.league.actor())
        db.session.flush()
        number = made.id
        if staffed:
            actions.put_helpers(made, of.everybody, by=of.manager.actor())
    return Class(of, her, number)


def seated(of: Class, *, answered: bool = True) -> int:
    """A child with a seat, whose guardian and who itself has said yes; returns its id."""
    child_id = household_child(of.director)
    with db.write():
        by = of.director.actor()
        entry = actions.seat(of.read(), children.get(child_id), by=by)
        db.session.flush()
        if answered:
            actions.hear(entry, yes(of, child_id), by=by)
    return child_id


def yes(of: Class, child_id: int, answer: Answer = Answer.yes) -> actions.Answers:
    """Guardian (on paper) and child say so."""
    guardian = next(g for g in children.get(child_id).household.guardians if g.is_guardian)
    proof = {"holder": "石例女", "where": "村委会"}
    said = ConsentSaid(answer, Means.paper, Purpose.activity, of.id, proof)
    view = ViewSaid(answer, AskedHow.alone, Purpose.activity, of.id)
    return actions.Answers((guardian.id, said), view)


def came(of: Class, n: int = 0) -> list[Came]:
    """The two cleared students, all the time."""
    meeting = of.meeting(n)
    return [Came(number, meeting.start_at, meeting.end_at) for _, number in of.team.cleared]


def told(of: Class, n: int = 0) -> None:
    """The team says who came."""
    with db.write():
        actions.tell(of.meeting(n), came(of, n), by=of.team.manager.actor())


def closing_day(of: Team) -> date:
    """When the checks close."""
    with db.read():
        return of.read().checks_until
