"""A small group: one helper who is asked and says yes, a keeper of the place as the second adult,
two to six children, hours in the one ledger. Made to fail: a list confirmed although the helper was
alone; a yes of somebody who lost clearance meanwhile; a called-off meeting that still wants a list;
six seats not held by the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from jiedui.activities import actions
from jiedui.activities.models import Activity, ActivityMeeting
from jiedui.activities.queries import groups, meetings
from jiedui.activities.rules import ActivityRefusal, CalledOff
from jiedui.core import clock, db
from jiedui.core.happenings import HelperReported, happen
from jiedui.core.outbox import Letter, LetterKind
from jiedui.hours import queries as sums
from jiedui.hours.rules import Book, Evidence
from jiedui.partners.rules import PlaceKind
from tests import people
from tests.activities.test_classes import confirm, execute, refused
from tests.builders import classes as families
from tests.builders import groups as build
from tests.builders.children import director
from tests.builders.helpers import cleared_volunteer, volunteer
from tests.builders.needs import place


def seated(of: Any) -> int:
    """A child with a seat and both yeses."""
    return families.seated(of)


def letters(kind: LetterKind) -> list[int]:
    """Who has got letters of a kind."""
    with db.read():
        found = select(Letter.to_account_id).where(Letter.kind == kind).order_by(Letter.id)
        return list(db.session.scalars(found))


def hold(of: build.Group, kids: list[int], n: int = 0) -> None:
    """A meeting is held, told and confirmed."""
    with clock.moved_to(of.after(n)):
        build.told(of, n)
        confirm(of, kids, n)  # type: ignore[arg-type]


def test_one_helper_and_the_keeper_are_two_adults_and_the_hours_count(either_app: Flask) -> None:
    of = build.planned()
    kids = [seated(of), seated(of)]
    hold(of, kids)
    with db.read():
        assert of.meeting().adults == 2
        book = sums.sums(of.helper_id)[Book.voluntary]
        assert {e: t.minutes for e, t in book.items()} == {
            Evidence.checked_in: 0, Evidence.listed: 90, Evidence.declared: 0,
        }  # fmt: skip


def test_nobody_is_alone_with_children(app: Flask) -> None:
    """The keeper was away: the list is not confirmed and no hour counts."""
    of = build.planned()
    kid = seated(of)
    with clock.moved_to(of.after()):
        build.told(of)
        with db.write(), refused(ActivityRefusal.keeper_was_away):
            actions.confirm(of.meeting(), [kid], by=of.keeper.actor(), beside=False)
        with db.read():
            assert of.meeting().confirmed_by is None
            assert sums.sums(of.helper_id)[Book.voluntary][Evidence.listed].minutes == 0


def test_who_is_asked_says_yes_or_no_and_hears_nothing_else(app: Flask) -> None:
    of = build.planned(yes=False)
    assert letters(LetterKind.group_asked) == [of.helper.account_id]
    with db.read():
        (one,) = groups.asked_of(of.helper.actor())
        assert of.read().helpers_on == []
        assert not of.read().helped_by(of.helper.account_id)
        number = one.id
    with db.write():
        actions.answer(groups.get_asked(number), yes=False, by=of.helper.actor())
    with db.write(), refused(ActivityRefusal.answered_already):
        actions.answer(groups.get_asked(number), yes=True, by=of.helper.actor())
    assert letters(LetterKind.group_answered) == [of.office.account_id]
    with db.read():
        assert [one.id for one in groups.unheld(of.office.actor())] == [of.id]


def test_only_who_is_cleared_is_asked(app: Flask) -> None:
    of = build.planned(asked=False)
    _, late = volunteer(name="贾未审核")
    with db.write(), refused(ActivityRefusal.not_cleared):
        actions.ask(of.read(), late, by=of.office.actor())
    with db.write():
        actions.ask(of.read(), of.helper_id, by=of.office.actor())


def test_a_check_that_ran_out_meanwhile_makes_a_yes_void(app: Flask) -> None:
    soon = clock.today() + timedelta(days=380)
    of = build.planned(yes=False, starts=soon, ends=soon + timedelta(days=30))
    with db.read():
        number = of.read().asked[0].id
    later = clock.now() + timedelta(days=370)
    with clock.moved_to(later), db.write(), refused(ActivityRefusal.not_cleared):
        actions.answer(groups.get_asked(number), yes=True, by=of.helper.actor())


def test_one_holds_it(app: Flask) -> None:
    of = build.planned()
    _, other = cleared_volunteer(name="贾第二")
    with db.write(), refused(ActivityRefusal.held_by_one):
        actions.ask(of.read(), other, by=of.office.actor())
    with db.write():
        actions.leave(of.read().helpers_on[0], by=of.helper.actor())
    assert letters(LetterKind.class_short) == [of.office.account_id]
    with db.write():
        actions.ask(of.read(), other, by=of.office.actor())


def test_who_is_reported_holds_no_group(app: Flask) -> None:
    of = build.planned()
    with db.write():
        happen(HelperReported(of.helper_id))
    with db.read():
        assert of.read().helpers_on == []


def test_a_group_needs_a_home_a_keeper_and_two_to_six_children(app: Flask) -> None:
    office, keeper = build.planned().office, director()
    stranger = people.appoint(build.Role.child_director, people.NEXT_VILLAGE)
    with db.write():
        home, school = place(), place(kind=PlaceKind.school)
        db.session.flush()
        for code, said in (
            (ActivityRefusal.not_small, build.said(home.id, keeper, seats=7)),
            (ActivityRefusal.not_small, build.said(home.id, keeper, seats=1)),
            (ActivityRefusal.not_a_home, build.said(school.id, keeper)),
            (ActivityRefusal.no_keeper, build.said(home.id, stranger)),
            (
                ActivityRefusal.group_past,
                build.said(home.id, keeper, starts=clock.today() - timedelta(days=1)),
            ),
            (ActivityRefusal.group_too_long,
             build.said(home.id, keeper, ends=clock.today() + timedelta(weeks=30))),
        ):  # fmt: skip
            with refused(code):
                actions.plan_group(said, by=office.actor())


@pytest.mark.parametrize("change", [{"seats": 7}, {"keeper_id": None}, {"kind": "holiday_class"}])
def test_the_database_holds_what_a_group_is(either_app: Flask, change: dict[str, Any]) -> None:
    of = build.planned()
    with pytest.raises(IntegrityError):
        execute(update(Activity).where(Activity.id == of.id).values(**change))


def test_a_meeting_is_called_off_with_everybody_told(app: Flask) -> None:
    of = build.planned()
    seated(of)
    with db.write():
        actions.call_off(of.meeting(), CalledOff.helper_ill, by=of.helper.actor())
    assert letters(LetterKind.meeting_off) == sorted([of.keeper.account_id, of.office.account_id])
    with clock.moved_to(of.after()):
        with db.read():
            assert meetings.to_tell(of.helper.actor()) == []
        with db.write(), refused(ActivityRefusal.called_off_already):
            actions.tell(of.meeting(), [], by=of.helper.actor())
        with db.write(), refused(ActivityRefusal.called_off_already):
            actions.call_off(of.meeting(), CalledOff.weather, by=of.keeper.actor())
    hold(of, [seated(of)], 1)
    with db.write(), refused(ActivityRefusal.confirmed_already):
        actions.call_off(of.meeting(1), CalledOff.weather, by=of.keeper.actor())


def test_the_database_lets_nothing_be_held_and_called_off(either_app: Flask) -> None:
    of = build.planned()
    hold(of, [seated(of)])
    off = {
        "called_off": CalledOff.weather, "called_off_at": clock.now(),
        "called_off_by": of.keeper.account_id,
    }  # fmt: skip
    with db.read():
        held = of.meeting().id
    with pytest.raises(IntegrityError):
        execute(update(ActivityMeeting).where(ActivityMeeting.id == held).values(**off))


def test_a_meeting_to_which_no_child_came_is_called_off_not_confirmed(app: Flask) -> None:
    of = build.planned()
    with clock.moved_to(of.after()):
        build.told(of)
        with db.write(), refused(ActivityRefusal.nobody_ticked):
            actions.confirm(of.meeting(), [], by=of.keeper.actor())
        with db.write():
            actions.call_off(of.meeting(), CalledOff.nobody_came, by=of.keeper.actor())


def test_a_group_ends_early(app: Flask) -> None:
    """What was held stays; what was to come is called off."""
    of = build.planned()
    hold(of, [seated(of)])
    with clock.moved_to(of.after() + timedelta(days=1)), db.write():
        assert actions.end(of.read(), by=of.office.actor()) == 7
    with db.read():
        rows = meetings.meetings_of(of.id)
        assert [m.called_off for m in rows] == [None] + [CalledOff.ended] * 7
        assert of.read().ends == clock.local(rows[0].start_at).date() + timedelta(days=1)


def test_those_who_are_free_then_and_near_are_named_first(app: Flask) -> None:
    of = build.planned(asked=False)
    with db.read():
        slot = of.meeting().on.weekday() * 3 + 1
    _, here = cleared_volunteer(name="贾有空", slots=frozenset({slot}))
    _, far = cleared_volunteer(people.NEXT_VILLAGE, name="贾也有空", slots=frozenset({slot}))
    with db.read():
        found = groups.could_hold(of.read())
        order = [one.helper.id for one in found]
        free = {one.helper.id: one.free for one in found}
    assert order == [here, far, of.helper_id]
    assert free == {here: True, far: True, of.helper_id: False}
