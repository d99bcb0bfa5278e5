"""Invented themed events: an office, a school with its worker, a place in the village."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.models import Activity, ActivityMeeting
from jiedui.activities.queries import classes, events, meetings
from jiedui.activities.rules import Came
from jiedui.activities.rules.events import Audience, EventForm, EventSaid, Theme
from jiedui.care.rules.statement import AgeBand
from jiedui.core import clock, db
from jiedui.partners.rules import PlaceKind, UnitKind
from tests import people
from tests.builders.children import director
from tests.builders.helpers import agency
from tests.builders.needs import place
from tests.people import Person


@dataclass(frozen=True)
class School:
    """A school with its unit, its place and its worker."""

    unit: int
    place: int
    worker: Person


def school(name: str = "北试小学", code: str = people.VILLAGE) -> School:
    """A primary school in a village."""
    unit = agency(name, UnitKind.school)
    worker = people.appoint(Role.school_worker, code, unit_id=unit)
    with db.write():
        where = place(code, kind=PlaceKind.school, name=name, unit_id=unit)
        return School(unit, where.id, worker)


def office(which: Office = Office.emergency) -> Person:
    """Somebody of an office of the county."""
    return people.appoint(Role.coordinator, office=which)


@dataclass(frozen=True)
class Event:
    """An event, who planned it, and the director who signs children up."""

    office: Person
    director: Person
    id: int

    def read(self) -> Activity:
        """The event, in a transaction."""
        return classes.get_class(self.id)

    def meeting(self, n: int = 0) -> ActivityMeeting:
        """One of its meetings, in a transaction."""
        return meetings.meetings_of(self.id)[n]

    def after(self, n: int = 0) -> datetime:
        """An hour after one of its meetings ended."""
        with db.read():
            return self.meeting(n).end_at + timedelta(hours=1)


def said(place_id: int, **over: Any) -> EventSaid:
    """Once, an afternoon in a week, about drowning, two seats."""
    day = clock.today() + timedelta(days=7)
    plain = EventSaid(
        title="防溺水进校园", place_id=place_id, seats=2, starts=day, ends=day,
        weekdays=frozenset(range(7)), begins_at=time(14), ends_at=time(16),
        theme=Theme.drowning, form=EventForm.drill,
    )  # fmt: skip
    return replace(plain, **over)


def by_count(**over: Any) -> dict[str, Any]:
    """What makes it one for a whole school of three hundred."""
    return {"seats": 0, "audience": Audience.school, "expected": 300, **over}


def planned(
    place_id: int | None = None, *, by: Person | None = None, agreed: bool = True, **over: Any
) -> Event:
    """An event, at a Children's Home unless a place is given; one of a unit is agreed to."""
    who, her = by or office(), director()
    with db.write():
        where = place_id or place().id
        db.session.flush()
        made = actions.plan_event(said(where, **over), by=who.actor())
        db.session.flush()
        of = Event(who, her, made.id)
    if agreed and not _open(of):
        looked_at(of)
    return of


def _open(of: Event) -> bool:
    with db.read():
        return of.read().open


def looked_at(of: Event, *, agreed: bool = True, reason: str = "") -> Person:
    """An office says yes or no to it."""
    civil = office(Office.civil_affairs)
    with db.write():
        actions.look_at_event(of.read(), agreed=agreed, reason=reason, by=civil.actor())
    return civil


def told(
    of: Event,
    n: int = 0,
    *,
    by: Person | None = None,
    helpers: tuple[int, ...] = (),
    others: int = 2,
    counts: dict[AgeBand, int] | None = None,
) -> None:
    """Who held it says how it went."""
    with db.write():
        meeting = of.meeting(n)
        came = [Came(one, meeting.start_at, meeting.end_at) for one in helpers]
        held = actions.Held(others, counts or {})
        actions.tell(meeting, came, by=(by or of.office).actor(), held=held)


def confirmed(of: Event, by: Person, kids: tuple[int, ...] = (), n: int = 0) -> None:
    """Somebody else, where it was held, confirms it."""
    with db.write():
        actions.confirm(of.meeting(n), kids, by=by.actor())


def held(of: Event, by: Person, counts: dict[AgeBand, int]) -> None:
    """An event by count is held, told and confirmed an hour later."""
    with clock.moved_to(of.after()):
        told(of, counts=counts)
        confirmed(of, by)


def material(theme: Theme = Theme.self_protection) -> int:
    """The education office has approved a book."""
    person = office(Office.education)
    with db.write():
        said = theme, "珍爱生命", "北试教育出版社", clock.today()
        one = actions.approve_material(*said, by=person.actor())
        db.session.flush()
        return events.get_material(one.id).id
