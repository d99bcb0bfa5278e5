"""Courses: trained first, then matched. A list told by who holds it and confirmed by somebody else
opens the gate of training, by the helpers' own action; seats and persons are held by the database.
Made to fail: a list confirmed by who told it (the rule of `confirm_course`, the CHECK two_persons);
a seat too many (the CHECK seat); a gate opened before the list is confirmed; a shorter course that
shortens a longer one (`counts_longer` always true); a family's grown-up named in full to the unit
(`named`)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.models import Course, CourseMember
from jiedui.activities.queries import courses
from jiedui.activities.rules.courses import CourseFor, CourseRefusal, counts_longer
from jiedui.core import clock, db
from jiedui.core.audit import AuditEntry
from jiedui.core.outbox import LetterKind
from jiedui.files.queries import child as files
from jiedui.helpers import actions as vetting
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import VettingFact
from jiedui.helpers.rules import Finding, Gate, GateState, Outcome
from tests import people
from tests.activities.test_classes import execute, refused
from tests.activities.test_groups import letters
from tests.builders import courses as build
from tests.builders.children import director, household_child
from tests.builders.helpers import on_paper, vetter, volunteer
from tests.people import Person


def untrained(**over: Any) -> tuple[Person, int]:
    """Somebody with every gate good but training."""
    person, number = volunteer(**over)
    office, today = vetter(), clock.today()
    with db.write():
        helper, by = helpers.get(number), office.actor()
        vetting.record_finding(helper, Finding(Gate.identity, Outcome.good, today), by=by)
        check = Finding(Gate.record_check, Outcome.good, today, authority="北试县公安局")
        vetting.record_finding(helper, check, by=by)
        vetting.sign_conduct(helper, by=person.actor())
    return person, number


def joined(of: build.Planned, *persons: Person) -> None:
    """They sign themselves up."""
    for person in persons:
        with db.write():
            actions.join_course(of.read(), by=person.actor())


def test_trained_first_then_matched(either_app: Flask) -> None:
    """Not among those who may be matched before the course; after it, until it runs out."""
    person, number = untrained(name="贾受训")
    of = build.planned()
    joined(of, person)
    with clock.moved_to(of.after()):
        build.told(of)
        with db.read():
            county = of.read().county_id
            assert number not in {one.id for one in helpers.cleared(county)}
        build.confirmed(of)
        with db.read():
            assert number in {one.id for one in helpers.cleared(county)}
            until = of.read().until
            (one,) = courses.own_places(person.actor())
            assert one.passed
            assert one.code.endswith("-001")
        assert letters(LetterKind.helper_cleared) == [person.account_id]
    for days, state in ((0, GateState.expiring), (1, GateState.expired)):
        day = clock.at(until + timedelta(days=days), 12)
        with clock.moved_to(day), db.read():
            assert helpers.gate_states(helpers.get(number))[Gate.training] is state


def test_the_gate_is_opened_by_the_helpers_own_action(app: Flask) -> None:
    """The finding names the unit and the course, and the record holds that it was vetted."""
    person, number = untrained()
    of = build.planned()
    joined(of, person)
    with clock.moved_to(of.after()):
        build.told(of)
        build.confirmed(of)
    with db.read():
        fact = helpers.get(number).facts[-1]
        assert (fact.gate, fact.authority) == (Gate.training, f"北试社工中心 {of.read().code}")
        assert (fact.seen_by, fact.valid_until) == (of.office.account_id, of.read().until)
        acts = db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id.desc()).limit(2))
        assert set(acts) == {"helper.vetted", "course.list confirmed"}


def test_who_did_not_come_is_not_trained(app: Flask) -> None:
    (first, one), (second, two) = untrained(name="贾到"), untrained(name="贾缺")
    of = build.planned()
    joined(of, first, second)
    with clock.moved_to(of.after()):
        with db.read():
            came = [m.id for m in of.read().members_on if m.helper_id == one]
        build.told(of, came)
        build.confirmed(of)
        with db.read():
            assert helpers.is_cleared(helpers.get(one))
            assert not helpers.is_cleared(helpers.get(two))


def test_two_persons(app: Flask) -> None:
    """Who told the list does not confirm it, nor who stands on it, nor who entered somebody."""
    person, _ = untrained()
    of = build.planned()
    entered, other = on_paper(of.office), vetter()
    joined(of, person)
    with db.write():
        actions.sign_up_for_course(of.read(), entered, by=other.actor())
    with clock.moved_to(of.after()):
        with db.write():
            course = of.read()
            came = [m.id for m in course.members_on]
            actions.tell_course(course, [came], by=of.office.actor())
        with db.write(), refused(CourseRefusal.own_list):
            actions.confirm_course(of.read(), by=of.office.actor())
        build.told(of)
        with db.write(), refused(CourseRefusal.knows_somebody):
            actions.confirm_course(of.read(), by=of.office.actor())
        with db.write():
            assert actions.confirm_course(of.read(), by=other.actor()) == 2
        with db.write(), refused(CourseRefusal.confirmed_already):
            actions.tell_course(of.read(), [[]], by=of.manager.actor())


def test_seats_end(app: Flask) -> None:
    of = build.planned(seats=1)
    (first, _), (second, _) = untrained(), untrained()
    joined(of, first)
    with db.write(), refused(CourseRefusal.full):
        actions.join_course(of.read(), by=second.actor())
    with db.write(), refused(CourseRefusal.on_already):
        actions.join_course(of.read(), by=first.actor())
    with db.write():
        actions.leave_course(of.read().members_on[0], by=first.actor())
    joined(of, second)
    with clock.moved_to(of.after()), db.write(), refused(CourseRefusal.over):
        actions.leave_course(of.read().members_on[0], by=second.actor())


@pytest.mark.parametrize(
    "change",
    [{"seat": 2}, {"kind": CourseFor.guardians}, {"helper_id": None}, {"seats": 5}],
)
def test_the_database_holds_a_seat_to_its_course(either_app: Flask, change: dict[str, Any]) -> None:
    of = build.planned(seats=1)
    joined(of, untrained()[0])
    with pytest.raises(IntegrityError):
        execute(update(CourseMember).values(**change))


def test_the_database_holds_two_persons(either_app: Flask) -> None:
    of = build.planned()
    joined(of, untrained()[0])
    with clock.moved_to(of.after()):
        build.told(of)
    alone = {"confirmed_by": of.manager.account_id, "confirmed_at": clock.now()}
    with pytest.raises(IntegrityError):
        execute(update(Course).where(Course.id == of.id).values(**alone))


def test_a_shorter_course_shortens_nothing(app: Flask) -> None:
    """Who is trained for two years goes to one that counts for half a year."""
    person, number = untrained()
    long, office = clock.today() + timedelta(days=730), vetter()
    with db.write():
        found = Finding(Gate.training, Outcome.good, clock.today(), long)
        vetting.record_finding(helpers.get(number), found, by=office.actor())
    of = build.planned(holds_months=6)
    joined(of, person)
    with clock.moved_to(of.after()):
        build.told(of)
        build.confirmed(of)
    with db.read():
        mine = VettingFact.helper_id == number, VettingFact.gate == Gate.training
        assert list(db.session.scalars(select(VettingFact.valid_until).where(*mine))) == [long]


DAYS = st.dates(date(2026, 1, 1), date(2036, 1, 1))


@given(until=DAYS, standing=DAYS | st.none(), stands=st.booleans())
def test_a_course_never_takes_days_away(until: date, standing: date | None, stands: bool) -> None:
    after = until if counts_longer(until, standing, stands=stands) else standing
    if stands and standing is None:
        assert after is None
    elif stands and standing is not None:
        assert after is not None
        assert after >= standing
    else:
        assert after == until


def test_a_guardian_is_signed_up_by_who_knows_the_family_and_masked_for_the_unit(
    app: Flask,
) -> None:
    of = build.planned(audience=CourseFor.guardians)
    her = director()
    child_id = household_child(her)
    stranger = people.appoint(Role.child_director, people.NEXT_VILLAGE)
    with db.read():
        could = courses.could_be_signed(of.read(), her.actor())
        assert courses.could_be_signed(of.read(), stranger.actor()) == {}
    number, words = next(iter(could.items()))
    with db.write(), refused(CourseRefusal.not_for_them):
        actions.sign_up_for_course(of.read(), number, by=of.office.actor())
    with db.write():
        actions.sign_up_for_course(of.read(), number, by=her.actor())
    with db.read():
        (one,) = of.read().members_on
        assert courses.named(one, her.actor()) == words
        name = words.split(" · ")[0]
        for other in (of.manager, of.office, stranger):
            said = courses.named(one, other.actor())
            assert name not in said
            assert said.startswith(f"{name[0]}**")
    with clock.moved_to(of.after()):
        build.told(of)
        with db.read():
            assert _on_file(child_id) == []
        build.confirmed(of)
        with db.read():
            assert _on_file(child_id) == ["志愿者岗前培训"]


def _on_file(child_id: int) -> list[str]:
    child = files.children.get(child_id)
    steps = files.timeline(child, [], [])
    return [one.code for one in steps if one.kind == "course"]


def test_a_director_goes_to_a_course_of_their_own(app: Flask) -> None:
    of = build.planned(audience=CourseFor.officials)
    her = director()
    with db.read():
        assert her.account_id in courses.could_be_signed(of.read(), of.office.actor())
    joined(of, her)
    helper, _ = untrained()
    with db.write(), refused(CourseRefusal.not_for_them):
        actions.join_course(of.read(), by=helper.actor())
    with clock.moved_to(of.after()):
        build.told(of)
        build.confirmed(of)
        with db.read():
            assert [one.passed for one in courses.own_places(her.actor())] == [True]


def test_a_course_that_is_called_off_counts_for_nobody(app: Flask) -> None:
    of = build.planned()
    joined(of, untrained()[0])
    with db.write():
        actions.call_course_off(of.read(), by=of.office.actor())
    with clock.moved_to(of.after()):
        with db.write(), refused(CourseRefusal.off_already):
            actions.tell_course(of.read(), [[]], by=of.manager.actor())
        with db.read():
            assert courses.to_be_told(of.manager.actor()) == []


def test_what_a_course_must_be(app: Flask) -> None:
    of = build.planned()
    far = people.appoint(Role.coordinator, people.OTHER_TOWNSHIP, office=Office.womens_federation)
    with db.write():
        course = of.read()
        plain = {"unit_id": course.unit_id, "place_id": course.place_id}
        for code, over in (
            (CourseRefusal.past, {"day": clock.today() - timedelta(days=1)}),
            (CourseRefusal.too_far, {"day": clock.today() + timedelta(days=400)}),
            (CourseRefusal.backwards, {"ends_at": build.time(8)}),
            (CourseRefusal.longer_than_held, {"minutes": 121}),
            (CourseRefusal.no_unit, {"unit_id": 0}),
        ):
            with refused(code):
                actions.plan_course(build.said(**{**plain, **over}), by=of.office.actor())
        with refused(CourseRefusal.place_outside):
            actions.plan_course(build.said(**plain), by=far.actor())
        read = build.said(course.unit_id, None, minutes=600)
        made = actions.plan_course(read, by=far.actor())
        assert made.scope_path == far.actor().scope
