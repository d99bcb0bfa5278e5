"""A campaign for the holidays in the world: a team of students, a class with one child, a list that
waits to be confirmed."""

from __future__ import annotations

from datetime import timedelta

from jiedui.access.rules import Role
from jiedui.activities import actions
from jiedui.activities.queries import classes, meetings, seasons
from jiedui.activities.rules import Came
from jiedui.activities.rules.courses import CourseFor
from jiedui.children import queries as ledger
from jiedui.core import clock, db
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders import classes as build
from tests.builders import courses as courses_built
from tests.builders import groups, helpers
from tests.builders.needs import place
from tests.house.world import World


def make(world: World) -> None:
    """The Youth League has opened a campaign, a team has signed two people up, and the first
    meeting of their class is over."""
    unit = helpers.agency("别县大学支教队", UnitKind.volunteer_team)
    manager = people.appoint(Role.unit_manager, people.VILLAGE, unit_id=unit)
    world.people["unit_manager", "of the team"] = manager
    person, first = helpers.cleared_volunteer(name="贾on the class", unit_id=unit)
    second = helpers.cleared_volunteer(name="贾beside", unit_id=unit)[1]
    world.people["volunteer", "on the class"] = person
    league = world.people["youth_league", "here"]
    with db.write():
        county = people.region(people.COUNTY)
        season = actions.open_season(county, build.days(), by=league.actor())
        db.session.flush()
        actions.sign_up(season, [first, second], by=manager.actor())
        db.session.flush()
        member = seasons.members(season.id)[0]
        world.things |= {"season": season.id, "member": member.id}
        where = place(name="上村假期班")
        db.session.flush()
        team = build.Team(league, manager, unit, season.id, (), (person, first))
        made = actions.plan_class(season, build.said(team, where.id), by=league.actor())
        db.session.flush()
        actions.put_helpers(made, [first, second], by=manager.actor())
        world.things["class"] = made.id
    _seated(world)
    _told(world, [first, second])
    _group(world, first)
    _courses(world, unit)


def _seated(world: World) -> None:
    """The first girl comes: her guardian and she have said yes."""
    director = world.people["child_director", "here"]
    with db.write():
        activity, child = (
            classes.get_class(world.things["class"]),
            ledger.get(world.things["child"]),
        )
        entry = actions.seat(activity, child, by=director.actor())
        db.session.flush()
        of = build.Class(None, director, activity.id)  # type: ignore[arg-type]
        actions.hear(entry, build.yes(of, child.id), by=director.actor())
        world.things["seat"] = entry.id


def _told(world: World, both: list[int]) -> None:
    """The team has said who came to the first meeting."""
    with db.read():
        meeting = meetings.meetings_of(world.things["class"])[0]
        world.things["meeting"], over = meeting.id, meeting.end_at + timedelta(hours=1)
    with clock.moved_to(over), db.write():
        meeting = meetings.get_meeting(world.things["meeting"])
        came = [Came(number, meeting.start_at, meeting.end_at) for number in both]
        actions.tell(meeting, came, by=world.people["unit_manager", "of the team"].actor())


def _group(world: World, helper_id: int) -> None:
    """The Youth League has planned a small group in the upper village and asked the first student
    to hold it."""
    league, keeper = (world.people[one, "here"] for one in ("youth_league", "child_director"))
    with db.write():
        home = place(name="上村小组")
        db.session.flush()
        made = actions.plan_group(groups.said(home.id, keeper), by=league.actor())
        db.session.flush()
        asked = actions.ask(made, helper_id, by=league.actor())
        db.session.flush()
        world.things |= {"group": made.id, "group asked": asked.id}


def _courses(world: World, unit: int) -> None:
    """The team's unit holds a course for helpers, to which the volunteer of the pair comes, and one
    for guardians, to which the director sends the first child's carer."""
    league, director = (world.people[one, "here"] for one in ("youth_league", "child_director"))
    with db.write():
        where = place(name="上村培训点")
        db.session.flush()
        made = actions.plan_course(courses_built.said(unit, where.id), by=league.actor())
        mine = actions.join_course(made, by=world.people["volunteer", "of the pair"].actor())
        said = courses_built.said(unit, where.id, audience=CourseFor.guardians)
        other = actions.plan_course(said, by=league.actor())
        child = ledger.get(world.things["child"])
        carer = next(g for g in child.household.guardians if g.is_carer)
        sent = actions.sign_up_for_course(other, carer.id, by=director.actor())
        world.things |= {
            "course": made.id,
            "course place": mine.id,
            "guardian course": other.id,
            "guardian place": sent.id,
        }
