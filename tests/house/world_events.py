"""Themed events in the world: one with a seat, for which another child waits; a campaign at the
school that is told and waits to be confirmed; approved material; a line of the plan."""

from __future__ import annotations

from datetime import timedelta

from jiedui.activities import actions
from jiedui.activities.queries import classes, meetings
from jiedui.activities.rules.events import Theme
from jiedui.activities.rules.hazards import HazardSaid, Water
from jiedui.activities.rules.injuries import Cause, InjurySaid, Outcome, Spot
from jiedui.activities.rules.prevention import Reach, TargetSaid
from jiedui.care.rules.statement import AgeBand
from jiedui.children import queries as ledger
from jiedui.core import clock, db
from tests import people
from tests.builders import classes as families
from tests.builders import events as build
from tests.builders.needs import place
from tests.house.world import SCHOOLED, World
from tests.people import Person


def make(world: World) -> None:
    """The emergency office's drill and the education office's campaign are over and told."""
    emergency, education = (world.people[one, "here"] for one in ("emergency", "education"))
    with db.write():
        home = place(name="上村演练点")
        db.session.flush()
        drill = actions.plan_event(build.said(home.id, seats=1), by=emergency.actor())
        said = build.said(world.things["school place"], **build.by_count())
        campaign = actions.plan_event(said, by=education.actor())
        today, county = clock.today(), people.region(people.COUNTY)
        line = TargetSaid(Theme.drowning, Reach.schools, 1, today, today + timedelta(days=90))
        target = actions.set_target(county, line, by=emergency.actor())
        theirs = actions.plan_event(
            build.said(home.id, seats=2), by=world.people["unit_manager", "here"].actor()
        )
        book = actions.approve_material(Theme.law, "法在身边", "别县出版社", today,
                                        by=education.actor())  # fmt: skip
        db.session.flush()
        world.things |= {
            "event": drill.id, "campaign": campaign.id, "unit event": theirs.id,
            "target": target.id, "material": book.id,
        }  # fmt: skip
    _harm(world)
    _in_line(world)
    _told(world, "event", emergency, {})
    _told(world, "campaign", education, {AgeBand.to_11: 280})


def _in_line(world: World) -> None:
    """The first girl comes, her sister waits."""
    director = world.people["child_director", "here"]
    with db.write():
        event = classes.get_class(world.things["event"])
        first, second = (world.things[f"child {name}"] for name in SCHOOLED[:2])
        entry = actions.seat(event, ledger.get(first), by=director.actor())
        db.session.flush()
        of = build.Event(director, director, event.id)
        actions.hear(entry, families.yes(of, first), by=director.actor())  # type: ignore[arg-type]
        waits = actions.wait(event, ledger.get(second), by=director.actor())
        actions.make_slips(event, [entry], by=director.actor())
        world.things |= {"event seat": entry.id, "waiting": waits.id}
        world.things["event slip"] = entry.slip  # type: ignore[assignment]


def _told(world: World, name: str, who: Person, counts: dict[AgeBand, int]) -> None:
    with db.read():
        meeting = meetings.meetings_of(world.things[name])[0]
        world.things[f"{name} meeting"], over = meeting.id, meeting.end_at + timedelta(hours=1)
    with clock.moved_to(over), db.write():
        meeting = meetings.get_meeting(world.things[f"{name} meeting"])
        actions.tell(meeting, [], by=who.actor(), held=actions.Held(3, counts))


def _harm(world: World) -> None:
    """A child was hurt, as the director recorded; a pond that she looks after."""
    director = world.people["child_director", "here"]
    with db.write():
        village = people.region(people.VILLAGE)
        said = InjurySaid(
            clock.today(), village.id, Cause.fall, Spot.home, Outcome.treated, AgeBand.to_11
        )
        hurt = actions.record_injury(said, by=director.actor())
        pond = HazardSaid(village.id, Water.pond, "上村池塘", director.account_id, True, False)
        made = actions.enter_hazard(pond, by=director.actor())
        world.things |= {"injury": hurt.id, "hazard": made.id}
