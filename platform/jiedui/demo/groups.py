"""A small group at a Children's Home that has met for some weeks, and one that nobody holds yet."""

from __future__ import annotations

from datetime import date, time, timedelta

from jiedui.access.rules import Role
from jiedui.activities import actions
from jiedui.activities.queries import classes, groups, meetings
from jiedui.activities.rules import CalledOff, GroupSaid
from jiedui.core import clock
from jiedui.demo.acts import Stage
from jiedui.demo.classes import hold, seats
from jiedui.partners import queries as partners
from jiedui.partners.rules import PlaceKind
from jiedui.regions import queries as regions
from jiedui.regions.rules import Level

WEEKS, CHILDREN, WEDNESDAY = 7, 4, 2


def play(stage: Stage) -> None:
    """Seven Wednesdays, one of them called off; and a group to come."""
    today = clock.today()
    first = today - timedelta(days=(today.weekday() - WEDNESDAY) % 7 + 7 * WEEKS)
    with stage.on(first - timedelta(days=14)):
        number = _group(stage, "读绘本、说普通话", first, first + timedelta(weeks=16), 0)
        seats(stage, number, answered=CHILDREN, most=CHILDREN)
    with stage.read():
        past = [one.id for one in meetings.meetings_of(number) if one.end_at < clock.now()]
    for position, meeting in enumerate(past):
        if position == 2:
            _off(stage, meeting)
        else:
            hold(stage, meeting, hour=19)
    _group(stage, "下象棋", today + timedelta(days=10), today + timedelta(weeks=12), 1, held=False)


def _group(
    stage: Stage, title: str, starts: date, ends: date, home: int, *, held: bool = True
) -> int:
    """A group; `held`: the nearest who is free then is asked and says yes."""
    with stage.write():
        office = stage.official(Role.coordinator, "womens_federation")
        path = regions.get(stage.county_id).path
        homes = [place for place in partners.places_in(path, PlaceKind.childrens_home)
                 if place.region.level is Level.village and groups.keepers(place)]  # fmt: skip
        place = homes[home + 1]
        said = GroupSaid(
            title=title, place_id=place.id, keeper_id=groups.keepers(place)[0][0], seats=5,
            starts=starts, ends=ends, weekdays=frozenset({WEDNESDAY}), begins_at=time(16, 30),
            ends_at=time(18),
        )  # fmt: skip
        made = actions.plan_group(said, by=office)
        could = [one for one in groups.could_hold(made) if one.helper.account_id]
        if held and could:
            asked = actions.ask(made, could[0].helper.id, by=office)
            actions.answer(asked, yes=True, by=stage.actor(could[0].helper.account_id or 0))
        return made.id


def _off(stage: Stage, meeting_id: int) -> None:
    with stage.read():
        on = meetings.get_meeting(meeting_id).on
    with stage.on(on, 8), stage.write():
        meeting = meetings.get_meeting(meeting_id)
        code = classes.get_class(meeting.activity_id).place.region.code
        keeper = stage.official(Role.child_director, code)
        actions.call_off(meeting, CalledOff.weather, by=keeper)
