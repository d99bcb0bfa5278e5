"""Checking in at a holiday class and at a small group: the sign is shown by whoever answers for the
children there, and what lies between two scans is checked in, of which stars are made."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from jiedui.access import actions as access
from jiedui.access.actions import Post
from jiedui.access.rules import Role
from jiedui.activities import actions
from jiedui.activities.rules import CalledOff
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.helpers import queries as helpers
from jiedui.hours import actions as hours
from jiedui.hours.rules import Evidence, HoursRefusal
from tests import people
from tests.activities.test_classes import refused
from tests.activities.test_event_signs import arrive, at, leave, minutes, sign
from tests.activities.test_pages import signed_in
from tests.builders import classes as build
from tests.builders import groups
from tests.client import Browser

Device = Callable[[], Browser]


def test_of_a_class_the_scans_are_checked_in_and_the_list_says_the_rest(either_app: Flask) -> None:
    """One student scans from nine to eleven, the other does not; the team tells both. Seen to fail:
    a sign for events alone (held_today); no look at who was scanned (the list is refused)."""
    of = build.planned()
    child = build.seated(of)
    (first, number), (_second, other) = of.team.cleared
    with clock.moved_to(at(of, 8, 50)):
        arrive(of, first, number)
    with clock.moved_to(at(of, 11)):
        leave(of, first, number)
    with clock.moved_to(of.after()):
        build.told(of)
        with db.write():
            actions.confirm(of.meeting(), [child], by=of.director.actor())
    assert minutes(number) == {Evidence.checked_in: 120}
    assert minutes(other) == {Evidence.listed: 150}


def test_who_came_and_waited_for_children_keeps_the_hours(either_app: Flask) -> None:
    """Of a class to which no child came there is no list; it is called off for that reason and for
    no other. Seen to fail: a class that could be neither confirmed nor called off."""
    of = build.planned()
    build.seated(of)
    (first, number), _second = of.team.cleared
    with clock.moved_to(at(of, 9)):
        arrive(of, first, number)
    with clock.moved_to(at(of, 10)):
        leave(of, first, number)
    with clock.moved_to(of.after()):
        by = of.team.league.actor
        with refused(HoursRefusal.somebody_there), db.write():
            actions.call_off(of.meeting(), CalledOff.weather, by=by())
        with db.write():
            actions.call_off(of.meeting(), CalledOff.nobody_came, by=by())
    assert minutes(number) == {Evidence.checked_in: 60}


def test_who_keeps_a_group_is_not_checked_in_by_their_own_sign(app: Flask) -> None:
    """Seen to fail: without the look at who may show it."""
    of = groups.planned()
    with clock.moved_to(at(of, 16, 40)):
        shown = sign(of)
        with db.write(), refused(HoursRefusal.shows_sign):
            helper = helpers.get(of.helper_id)
            hours.arrive_at_meeting(of.meeting(), helper, shown, by=of.director.actor())
        arrive(of, of.helper, of.helper_id)
    with clock.moved_to(at(of, 17, 40)):
        leave(of, of.helper, of.helper_id)
    assert minutes(of.helper_id) == {Evidence.checked_in: 60}


def test_a_director_who_is_on_the_class_too_is_not_checked_in_by_it(app: Flask) -> None:
    """In no role: the sign would be in their own other hand. Seen to fail: a look at who planned it
    and who keeps the place alone."""
    of = build.planned()
    (student, number), _second = of.team.cleared
    with db.write():
        post = Post(Role.child_director, people.region(people.VILLAGE))
        access.give_role(people.account_of(student), post, by=SYSTEM)
    with clock.moved_to(at(of, 9)):
        shown = sign(of)
        with refused(HoursRefusal.shows_sign), db.write():
            helper = helpers.get(number)
            hours.arrive_at_meeting(of.meeting(), helper, shown, by=student.actor())


def test_the_director_shows_the_sign_and_the_team_does_not(app: Flask, device: Device) -> None:
    """Seen to fail: a team that shows its own sign (policy)."""
    of = build.planned()
    with db.read():
        meeting = of.meeting().id
    (student, _number) = of.team.cleared[0]
    with clock.moved_to(at(of, 9)):
        hers = signed_in(device, of.director)
        hers.get(f"/classes/{of.id}")
        assert f"/meetings/{meeting}/sign" in hers.text
        hers.get(f"/meetings/{meeting}/sign")
        assert '<svg class="qr"' in hers.text
        for person in (student, of.team.manager):
            mine = signed_in(device, person)
            assert mine.get(f"/meetings/{meeting}/sign").status_code == 404
        step, mark = sign(of)
        mine = signed_in(device, student)
        mine.send(f"/at/meeting/{meeting}/{step}/{mark}")
        assert "离开时请再扫一次" in mine.words
