"""Holiday classes: last summer's with its lists, and the winter's campaign as it stands today."""

from __future__ import annotations

from datetime import date, time, timedelta

from jiedui.access.rules import Actor, Role
from jiedui.activities import actions
from jiedui.activities.queries import classes, meetings, seasons
from jiedui.activities.rules import Came, ClassSaid, SeasonKind, SeasonSaid
from jiedui.children.actions import ConsentSaid, ViewSaid
from jiedui.children.rules import Answer, AskedHow, Means, Purpose
from jiedui.contact.queries import plan
from jiedui.contact.rules.plan import DatesKind
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.demo.acts import Stage
from jiedui.partners import queries as partners
from jiedui.partners.rules import PlaceKind
from jiedui.regions import queries as regions
from jiedui.regions.rules import Level

CLOSING = "activities.closing"
KNOWN_SINCE = timedelta(days=330)  # the first volunteers registered then
STUDENTS, CHILDREN = 6, 8


def play(stage: Stage) -> None:
    """A summer that is over, when it lies within the demo's year, and the winter to come."""
    today = clock.today()
    summer = date(today.year if today > date(today.year, 8, 14) else today.year - 1, 7, 20)
    if summer - timedelta(weeks=7) > today - KNOWN_SINCE:
        said = SeasonSaid(SeasonKind.summer, summer - timedelta(days=7), summer,
                          summer + timedelta(days=25))  # fmt: skip
        with stage.on(summer - timedelta(weeks=6)):
            season, number = _campaign(stage, said)
        with stage.on(said.checks_until + timedelta(days=1)):
            stage.calendar(CLOSING)
        with stage.on(summer - timedelta(days=3)):
            seats(stage, number, answered=CHILDREN)
        with stage.read():
            days = [one.id for one in meetings.meetings_of(number)]
        for meeting in days:
            hold(stage, meeting)
    _winter(stage)


def _winter(stage: Stage) -> None:
    """The next long holidays of the school calendar, unless it is too late for the police."""
    with stage.read():
        known = [one for one in plan.dates(stage.county_id) if one.starts > clock.today()]
        days = [(d.starts, d.ends) for d in known if d.kind is DatesKind.school_holiday]
    for starts, ends in days[:1]:
        said = SeasonSaid(SeasonKind.winter, starts - timedelta(days=7), starts, ends)
        try:
            _, number = _campaign(stage, said)
        except Refusal:
            return
        seats(stage, number, answered=CHILDREN // 2)


def _campaign(stage: Stage, said: SeasonSaid) -> tuple[int, int]:
    """A campaign, the team's students, a class at a Children's Home."""
    unit = stage.units["volunteer_team"]
    with stage.write():
        league = stage.official(Role.coordinator, "youth_league")
        county = regions.get(stage.county_id)
        season = actions.open_season(county, said, by=league)
        manager = stage.actor(seasons.managers(county.id, unit)[0].account_id)
        team = [one.id for one in seasons.may_join(unit)][:STUDENTS]
        actions.sign_up(season, team, by=manager)
        home = next(place for place in partners.places_in(county.path, PlaceKind.childrens_home)
                    if place.region.level is Level.village)  # fmt: skip
        made = actions.plan_class(season, _class(said, unit, home.id), by=league)
        rows = classes.team_of(made)
        standing = seasons.standing_of(rows)
        ready = [one.helper_id for one in rows if standing[one.helper_id].cleared]
        actions.put_helpers(made, ready, by=manager)
        return season.id, made.id


def _class(said: SeasonSaid, unit: int, place: int) -> ClassSaid:
    return ClassSaid(
        title="画画、算术和普通话", unit_id=unit, place_id=place, seats=12, starts=said.starts,
        ends=min(said.ends, said.starts + timedelta(days=11)), weekdays=frozenset(range(5)),
        begins_at=time(9), ends_at=time(11, 30),
    )  # fmt: skip


def _director(stage: Stage, number: int) -> Actor:
    return stage.official(Role.child_director, classes.get_class(number).place.region.code)


def seats(stage: Stage, number: int, *, answered: int, most: int = CHILDREN) -> None:
    """Children of the village; of the first so many guardian and child have said yes."""
    with stage.write():
        activity, director = classes.get_class(number), _director(stage, number)
        for position, child in enumerate(classes.could_come(activity, director)[:most]):
            entry = actions.seat(activity, child, by=director)
            guardian = next((g for g in child.household.guardians if g.is_guardian), None)
            if position < answered and guardian is not None:
                proof = {"holder": director.name, "where": "村委会文件柜"}
                said = ConsentSaid(Answer.yes, Means.paper, Purpose.activity, number, proof)
                view = ViewSaid(Answer.yes, AskedHow.alone, Purpose.activity, number)
                actions.hear(entry, actions.Answers((guardian.id, said), view), by=director)


def hold(stage: Stage, meeting_id: int, hour: int = 15) -> None:
    """A meeting is held, told by who holds it and confirmed at the place; one of whose helpers was
    elsewhere stays unlisted."""
    with stage.read():
        meeting = meetings.get_meeting(meeting_id)
        on, number, unit = meeting.on, meeting.activity_id, meeting.activity.unit_id
    with stage.on(on, hour):
        try:
            with stage.write():
                meeting = meetings.get_meeting(meeting_id)
                came = [Came(one.helper_id, meeting.start_at, meeting.end_at)
                        for one in meeting.activity.helpers_on]  # fmt: skip
                actions.tell(meeting, came, by=_teller(stage, number, unit))
                coming = [one for one in classes.seated(meeting.activity) if one.comes]
                there = [one.entry.child_id for n, one in enumerate(coming) if n % 4 != on.day % 4]
                actions.confirm(meeting, there, by=_director(stage, number))
        except Refusal:
            return


def _teller(stage: Stage, number: int, unit: int | None) -> Actor:
    """Who manages the team, or whoever holds a small group."""
    if unit is not None:
        return stage.actor(seasons.managers(stage.county_id, unit)[0].account_id)
    account = classes.get_class(number).helpers_on[0].helper.account_id
    return stage.actor(account) if account else _director(stage, number)
