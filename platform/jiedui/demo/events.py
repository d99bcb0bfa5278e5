"""Prevention: a plan, campaigns at schools that were confirmed, events to come with a line for
seats, approved material, a year of injuries, water hazards with who looks after them."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import cycle, islice
from typing import Any

from jiedui.access.rules import Actor, Role
from jiedui.activities import actions
from jiedui.activities.queries import classes, events, hazards, meetings, prevention
from jiedui.activities.rules.events import Audience, EventForm, EventSaid, Theme
from jiedui.activities.rules.hazards import HazardSaid, Water
from jiedui.activities.rules.injuries import Cause, InjurySaid, Outcome, Spot
from jiedui.activities.rules.prevention import Reach, TargetSaid
from jiedui.care.rules.statement import AgeBand
from jiedui.core import clock
from jiedui.demo.acts import Stage
from jiedui.demo.classes import seats
from jiedui.partners import queries as partners
from jiedui.partners.rules import PlaceKind
from jiedui.regions import queries as regions

EVERY_DAY = frozenset(range(7))
HELD = (
    (Theme.drowning, "防溺水进校园", EventForm.drill, "消防救援大队", 7),
    (Theme.traffic, "开学第一课：交通安全", EventForm.lecture, "交警中队", 5),
    (Theme.fire, "消防疏散演练", EventForm.drill, "消防救援大队", 4),
    (Theme.law, "法治副校长进课堂", EventForm.lecture, "司法所", 3),
)
WATERS = ((Water.pond, "老磨坊后池塘"), (Water.river, "桥下深潭"), (Water.reservoir, "村小水库尾"),
          (Water.pit, "砖厂取土坑"), (Water.well, "晒谷场旧井"))  # fmt: skip
HARM = (
    (Cause.fall, Spot.home, Outcome.treated), (Cause.traffic, Spot.road, Outcome.hospital),
    (Cause.burn, Spot.home, Outcome.treated), (Cause.animal, Spot.field, Outcome.treated),
    (Cause.drowning, Spot.water, Outcome.hospital), (Cause.fall, Spot.school, Outcome.treated),
    (Cause.food, Spot.school, Outcome.treated), (Cause.traffic, Spot.road, Outcome.treated),
)  # fmt: skip
INJURIES, HAZARDS = 46, 14


def play(stage: Stage) -> None:
    """What the offices and schools did in the last months, and what they plan."""
    today = clock.today()
    with stage.on(today - timedelta(days=150)):
        _plan(stage)
        _hazards(stage)
    for theme, title, form, beside, many in HELD:
        _campaigns(stage, theme, title, form, beside, many)
    _injuries(stage)
    _to_come(stage)


def _schools(stage: Stage) -> list[Any]:
    return partners.places_in(regions.get(stage.county_id).path, PlaceKind.school)


def _plan(stage: Stage) -> None:
    with stage.write():
        county, by = regions.get(stage.county_id), stage.official(Role.coordinator, "emergency")
        first, last = clock.today(), clock.today() + timedelta(days=270)
        all_schools = len(prevention.spots(county.path, Reach.schools))
        for said in (
            TargetSaid(Theme.drowning, Reach.schools, all_schools, first, last),
            TargetSaid(Theme.traffic, Reach.schools, 4, first, first + timedelta(days=170)),
            TargetSaid(Theme.fire, Reach.villages, 12, first, last),
        ):
            actions.set_target(county, said, by=by)


def _said(
    title: str, theme: Theme, form: EventForm, place: int, day: date, **over: Any
) -> EventSaid:
    plain: dict[str, Any] = {"seats": 0, "audience": Audience.school, "expected": 320}
    return EventSaid(
        title=title, theme=theme, form=form, place_id=place, starts=day, ends=day,
        weekdays=EVERY_DAY, begins_at=time(14, 30), ends_at=time(16), **(plain | over),
    )  # fmt: skip


def _campaigns(
    stage: Stage, theme: Theme, title: str, form: EventForm, beside: str, many: int
) -> None:
    """An office holds it at one school after the other; somebody of the village confirms it."""
    with stage.read():
        schools = [one.id for one in _schools(stage)[:many]]
    for position, school in enumerate(schools):
        day = clock.today() - timedelta(days=20 + 13 * position)
        with stage.on(day, 8), stage.write():
            office = stage.official(Role.coordinator, "emergency")
            said = _said(title, theme, form, school, day, co_host=beside)
            number = actions.plan_event(said, by=office).id
        with stage.on(day, 18), stage.write():
            meeting = meetings.meetings_of(number)[0]
            counts = {AgeBand.to_11: 240 + 17 * position, AgeBand.to_13: 38 + position}
            actions.tell(meeting, [], by=office, held=actions.Held(9, counts))
            actions.confirm(meeting, (), by=_near(stage, number))


def _near(stage: Stage, number: int) -> Actor:
    return stage.official(Role.child_director, classes.get_class(number).place.region.code)


def _to_come(stage: Stage) -> None:
    """Approved material and a lesson with it; a reading afternoon whose seats are all taken."""
    day = clock.today() + timedelta(days=12)
    with stage.write():
        education = stage.official(Role.coordinator, "education")
        book = actions.approve_material(
            Theme.self_protection, "珍爱生命·小学生安全自护读本", "示例教育出版社",
            clock.today() - timedelta(days=90), by=education,
        )  # fmt: skip
        school = _schools(stage)[0].id
        said = _said("女童保护课", Theme.self_protection, EventForm.lecture, school, day,
                     material_id=events.get_material(book.id).id, audience=Audience.grade,
                     expected=90)  # fmt: skip
        actions.plan_event(said, by=education)
        path = regions.get(stage.county_id).path
        village = regions.villages(path)[0]  # the big one, with children enough
        home = partners.places_in(village.path, PlaceKind.childrens_home)[0]
        few = {"seats": 4, "audience": None, "expected": None}
        said = _said("周末读书会：把故事讲给你听", Theme.reading, EventForm.workshop, home.id,
                     day, **few)  # fmt: skip
        number = actions.plan_event(said, by=stage.official(Role.coordinator, "youth_league")).id
        theirs = stage.official(Role.unit_manager, regions.get(stage.county_id).code)
        said = _said("职工志愿者科普下乡", Theme.science, EventForm.workshop, home.id, day, **few)
        actions.plan_event(said, by=theirs)
    seats(stage, number, answered=3, most=4)
    with stage.write():
        event, director = classes.get_class(number), _near(stage, number)
        for child in classes.could_come(event, director)[:2]:
            actions.wait(event, child, by=director)


def _injuries(stage: Stage) -> None:
    """Invented figures of a year, more of them in summer."""
    with stage.read():
        villages = [one.id for one in regions.villages(regions.get(stage.county_id).path)]
    chance, today = stage.inventor.random, clock.today()
    for position, (cause, spot, outcome) in enumerate(islice(cycle(HARM), INJURIES)):
        day = today - timedelta(days=7 * position + chance.randrange(7))
        with stage.on(day, 19), stage.write():
            health = stage.official(Role.coordinator, "health")
            band = (AgeBand.to_5, AgeBand.to_11, AgeBand.to_11, AgeBand.to_13)[position % 4]
            region = villages[chance.randrange(len(villages))]
            said = InjurySaid(day, region, cause, spot, outcome, band, another=True)
            actions.record_injury(said, by=health)


def _hazards(stage: Stage) -> None:
    """Every few villages one; of some nobody has seen to for long."""
    with stage.write():
        office = stage.official(Role.coordinator, "emergency")
        every = regions.villages(regions.get(stage.county_id).path)
        kept = [one for one in every[::6] if hazards.keepers(one)][:HAZARDS]
        made = []
        for position, (village, water) in enumerate(zip(kept, cycle(WATERS), strict=False)):
            keeper = next(iter(hazards.keepers(village)))
            said = HazardSaid(village.id, water[0], water[1], keeper, position % 3 > 0,
                              position % 2 > 0)  # fmt: skip
            made.append((actions.enter_hazard(said, by=office).id, keeper))
    ago = {0: 45, 1: 20, 2: 6, 3: 2}
    for position, (number, keeper) in enumerate(made):
        with stage.on(clock.today() + timedelta(days=150 - ago[position % 4]), 17), stage.write():
            one = hazards.get_hazard(number)
            actions.check_hazard(one, sign=True, fence=one.fence, by=stage.actor(keeper))
