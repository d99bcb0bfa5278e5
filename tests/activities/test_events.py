"""A themed event on the same seats, lists and ledger as a class: who waits moves up in the same
transaction, what is risky has insurance and seats, self-protection has approved material and two
adults, figures are told by one and confirmed by another.

Made to fail: a freed seat that nobody gets (`move_up` left out of `unseat`); a closed file that
stays in line (`lines_of` left out of `_free`); figures confirmed by who told them; an
event on self-protection without material (the CHECK `material` alone held); a risky event by count
(the CHECK `risky_by_seats` alone held)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.models import ActivityMeeting, ActivityTheme, MeetingCount
from jiedui.activities.queries import classes, groups, meetings
from jiedui.activities.rules import ActivityRefusal
from jiedui.activities.rules.events import EventRefusal, Theme, held_fault
from jiedui.care.rules.statement import AgeBand, age_group
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.rules import Answer, CloseReason
from jiedui.core import clock, db
from jiedui.core.outbox import LetterKind
from jiedui.hours import queries as sums
from jiedui.hours.rules import Book, Evidence
from jiedui.partners.rules import UnitKind
from tests import people
from tests.activities.test_classes import execute, refused
from tests.activities.test_groups import letters
from tests.builders import classes as families
from tests.builders import events as build
from tests.builders.children import director, household_child
from tests.builders.helpers import agency, cleared_volunteer, volunteer
from tests.builders.needs import place


def seated(of: Any) -> int:
    """A child with a seat and both yeses."""
    return families.seated(of)


def waiting(of: build.Event) -> int:
    """A child that waits for a seat."""
    child_id = household_child(of.director)
    with db.write():
        actions.wait(of.read(), children.get(child_id), by=of.director.actor())
    return child_id


def test_a_free_seat_goes_to_who_waits_longest(either_app: Flask) -> None:
    """In the same transaction, with a letter to who signed the child up; the next one stays."""
    of = build.planned()
    first, second = seated(of), seated(of)
    one, two = waiting(of), waiting(of)
    with db.write(), refused(ActivityRefusal.no_seat):
        actions.seat(of.read(), children.get(two), by=of.director.actor())
    with db.write():
        (entry,) = [e for e in of.read().children_on if e.child_id == first]
        actions.unseat(entry, by=of.director.actor())
        assert {e.child_id for e in of.read().children_on} == {second, one}
    with db.read():
        assert [w.child_id for w in of.read().in_line] == [two]
        assert [s.waits for s in classes.seated(of.read()) if s.entry.child_id == one] == [True]
    assert letters(LetterKind.seat_moved_up) == [of.director.account_id]


def test_a_no_and_a_closed_file_move_up_too_and_never_the_same_child(app: Flask) -> None:
    of = build.planned(seats=1)
    first = seated(of)
    one, gone, two = waiting(of), waiting(of), waiting(of)
    with db.write():
        ledger.close_child(children.get(gone), CloseReason.moved_away, by=of.director.actor())
        assert [w.child_id for w in of.read().in_line] == [one, two]
    with db.write():
        (entry,) = of.read().children_on
        actions.hear(entry, families.yes(of, first, Answer.no), by=of.director.actor())  # type: ignore[arg-type]
    with db.read():
        assert [e.child_id for e in of.read().children_on] == [one]
    with db.write():
        ledger.close_child(children.get(one), CloseReason.moved_away, by=of.director.actor())
    with db.read():
        assert [e.child_id for e in of.read().children_on] == [two]
        assert of.read().in_line == []


def test_nobody_waits_where_a_seat_is_free_nor_twice(app: Flask) -> None:
    of = build.planned(seats=1)
    child_id = household_child(of.director)
    with db.write(), refused(EventRefusal.seat_is_free):
        actions.wait(of.read(), children.get(child_id), by=of.director.actor())
    seated(of)
    with db.write():
        actions.wait(of.read(), children.get(child_id), by=of.director.actor())
    with db.write(), refused(EventRefusal.waits_already):
        actions.wait(of.read(), children.get(child_id), by=of.director.actor())
    with db.write():
        (one,) = of.read().in_line
        actions.leave_line(one, by=of.director.actor())
        (entry,) = of.read().children_on
        actions.unseat(entry, by=of.director.actor())
        assert of.read().children_on == []


def test_helpers_are_asked_and_their_hours_count_in_the_one_ledger(app: Flask) -> None:
    """Two volunteers beside two teachers; the list makes the figures by age."""
    of = build.planned(by=people.appoint(Role.coordinator, office=Office.youth_league))
    (person, number), (_, late) = cleared_volunteer(), volunteer(name="贾未审核")
    with db.write():
        asked = actions.ask(of.read(), number, by=of.office.actor())
        db.session.flush()
        with refused(EventRefusal.helped_already):
            actions.ask(of.read(), number, by=of.office.actor())
        with refused(ActivityRefusal.not_cleared):
            actions.ask(of.read(), late, by=of.office.actor())
        actions.answer(asked, yes=True, by=person.actor())
    assert letters(LetterKind.event_asked) == [person.account_id]
    assert letters(LetterKind.event_answered) == [of.office.account_id]
    kids = seated(of), seated(of)
    with clock.moved_to(of.after()):
        with db.read():
            assert groups.could_hold(of.read()) == []
            assert [m.activity_id for m in meetings.to_tell(of.office.actor())] == [of.id]
        build.told(of, helpers=(number,), others=1)
        build.confirmed(of, of.director, kids[:1])
        with db.read():
            assert of.meeting().adults == 2
            born, on = children.get(kids[0]).birth_date, of.meeting().on
            assert {c.band: c.number for c in of.meeting().counts} == {age_group(born, on): 1}
            assert sums.sums(number)[Book.voluntary][Evidence.listed].minutes == 120


def test_a_unit_puts_its_own_cleared_people_on_it(app: Flask) -> None:
    unit = agency("北试义工队", UnitKind.volunteer_team)
    manager = people.appoint(Role.unit_manager, unit_id=unit)
    (_, number), (_, late) = (
        cleared_volunteer(unit_id=unit),
        volunteer(unit_id=unit, name="贾晚"),
    )
    of = build.planned(by=manager)
    with db.write(), refused(ActivityRefusal.has_been_left_out):
        actions.put_helpers(of.read(), [number, late], by=manager.actor())
    with db.write():
        actions.put_helpers(of.read(), [number], by=manager.actor())
        assert [one.helper_id for one in of.read().helpers_on] == [number]


def test_what_is_risky_is_insured_and_by_seats(app: Flask) -> None:
    office = build.office()
    with db.write():
        home, by = place().id, office.actor()
        for code, over in (
            (EventRefusal.insurance_missing, {"risky": True}),
            (EventRefusal.risky_by_seats, build.by_count(risky=True, insurance="B-1")),
            (EventRefusal.seats_or_count, {"seats": 0}),
            (EventRefusal.seats_or_count, {"expected": 300}),
            (EventRefusal.audience_missing, build.by_count(audience=None)),
            (EventRefusal.past, {"starts": clock.today() - timedelta(days=1)}),
        ):
            with refused(code):
                actions.plan_event(build.said(home, **over), by=by)
    of = build.planned(risky=True, insurance="PICC-2026-001")
    mine = update(ActivityTheme).where(ActivityTheme.activity_id == of.id)
    for wrong in ({"insurance": None}, {"expected": 9, "audience": "school"}):
        with pytest.raises(IntegrityError):
            execute(mine.values(**wrong))


def test_self_protection_has_approved_material_and_two_adults(either_app: Flask) -> None:
    """By rule and by database."""
    about = {"theme": Theme.self_protection}
    book, other = build.material(), build.material(Theme.law)
    office = build.office(Office.education)
    with db.write():
        home, by = place().id, office.actor()
        for code, number in (
            (EventRefusal.material_missing, None),
            (EventRefusal.material_other, other),
        ):
            with refused(code):
                actions.plan_event(build.said(home, **about, material_id=number), by=by)
    of = build.planned(**about, material_id=book, **build.by_count())
    with clock.moved_to(of.after()), pytest.raises(IntegrityError):
        execute(
            update(ActivityMeeting)
            .where(ActivityMeeting.activity_id == of.id)
            .values(adults=1, told_by=of.office.account_id, told_at=clock.now())
        )
    with pytest.raises(IntegrityError):
        execute(
            update(ActivityTheme).where(ActivityTheme.activity_id == of.id).values(material_id=None)
        )
    with clock.moved_to(of.after()), db.write(), refused(EventRefusal.adults_missing):
        actions.tell(
            of.meeting(), [], by=of.office.actor(), held=actions.Held(1, {AgeBand.to_11: 9})
        )


def test_figures_are_told_by_one_and_confirmed_by_another(either_app: Flask) -> None:
    """Nobody is named; the school says that they are right; who told them does not."""
    of_school, her = build.school(), director()
    of = build.planned(of_school.place, **build.by_count())
    child = household_child(her)
    with db.write(), refused(EventRefusal.by_count):
        actions.seat(of.read(), children.get(child), by=her.actor())
    with clock.moved_to(of.after()):
        with db.write(), refused(EventRefusal.nobody_counted):
            actions.tell(of.meeting(), [], by=of.office.actor(), held=actions.Held(3))
        build.told(of, counts={AgeBand.to_11: 280, AgeBand.to_13: 12})
        with db.write(), refused(ActivityRefusal.own_list):
            actions.confirm(of.meeting(), (), by=of.office.actor())
        with db.read():
            (waits,) = meetings.to_confirm(of_school.worker.actor())
            assert waits.activity_id == of.id
        build.confirmed(of, of_school.worker)
        with db.read():
            assert meetings.children_counted(of.id) == {of.meeting().id: 292}
        with pytest.raises(IntegrityError):
            execute(update(MeetingCount).values(number=0))


@given(st.integers(0, 9), st.dictionaries(st.sampled_from(AgeBand), st.integers(0, 3000)))
def test_held_needs_two_adults_and_somebody_who_came(
    adults: int, counts: dict[AgeBand, int]
) -> None:
    """By count; where children are named the list says who came."""
    reached = sum(counts.values())
    good = adults >= 2 and 1 <= reached <= 5000
    assert (held_fault(adults, counts, by_count=True) is None) == good
    assert (held_fault(adults, counts, by_count=False) is None) == (adults >= 2)
