"""Paper for those without a telephone: ten lines, three faces, the sheet of a place's day.

Seen to fail: a child's name on the ten lines, a session of another place and one that was called
off on the day's sheet."""

from __future__ import annotations

from flask import Flask

from jiedui.contact.actions import plan
from jiedui.contact.queries import plan as plans
from jiedui.contact.rules.plan import LeftOut, SessionState
from jiedui.core import clock, db
from tests.builders import pairings as build
from tests.client import Browser


def test_ten_lines_and_three_faces_without_the_childs_name(app: Flask) -> None:
    """The number says whose they are."""
    pair = build.trial()
    browser = Browser(app)
    browser.sign_in(pair.director.phone)
    browser.get(f"/hours/pairings/{pair.id}/papers")
    with db.read():
        read = pair.read()
        names = [child.name for child in read.need.children]
        names += [one.name for one in read.need.household.guardians]
        assert read.code in browser.words
    assert browser.text.count("<tr><td>") == 10
    assert browser.text.count("jd-faces__big") == 3
    assert not [name for name in names if name in browser.words]
    assert "12355" in browser.words


def test_the_days_sheet_names_who_is_expected_and_nobody_else(app: Flask) -> None:
    """Of this place, on this day, of what was not called off; no child."""
    pair = build.trial()
    with db.write():
        plan.plan_ahead(pair.id)
        first, second = [one for one in plans.future(pair.id) if one.state is SessionState.planned][
            :2
        ]
        day, other = clock.day(first.start_at), clock.day(second.start_at)
        assert day is not None
        assert other is not None
        place_id = pair.read().need.place_id
        name = pair.read().helper.name
        code = pair.read().code
        children = [child.name for child in pair.read().need.children]
    with clock.moved_to(clock.at(day, 7)):
        browser = Browser(app)
        browser.sign_in(pair.director.phone)
        browser.get(f"/places/{place_id}/day")
        assert name in browser.words
        assert code in browser.words
        assert not [child for child in children if child in browser.words]
    with db.write():
        plan.cancel(plans.get(second.id), LeftOut.helper_cannot, by=pair.director.actor())
    with clock.moved_to(clock.at(other, 7)):
        again = Browser(app)
        again.sign_in(pair.director.phone)
        again.get(f"/places/{place_id}/day")
        assert code not in again.words
