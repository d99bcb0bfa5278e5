"""Pages of courses as an office, a unit, a helper and a director use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from jiedui.access.rules import Office, Role
from jiedui.activities.queries import courses
from jiedui.activities.rules.courses import CourseFor
from jiedui.core import clock, db
from tests import people
from tests.activities.test_courses import untrained
from tests.activities.test_pages import signed_in
from tests.builders import courses as build
from tests.builders.children import director, household_child
from tests.builders.needs import place
from tests.client import Browser

Device = Callable[[], Browser]


def test_an_office_plans_and_a_faulty_form_keeps_its_words(app: Flask, device: Device) -> None:
    of = build.planned()
    browser = signed_in(device, of.office)
    with db.write():
        where = place(name="下村培训点")
        db.session.flush()
        place_id = where.id
    with db.read():
        unit_id = of.read().unit_id
    said = {
        "title": "监护人学堂", "content": "防溺水", "audience": "guardians", "unit": str(unit_id),
        "place": str(place_id), "day": (clock.today() + timedelta(days=9)).isoformat(),
        "begins_at": "09:00", "ends_at": "10:00", "seats": "20", "holds_months": "12",
    }  # fmt: skip
    browser.send("/courses/new", minutes="90", **said)
    assert "学时不能超过培训时长" in browser.words
    assert "监护人学堂" in browser.text
    browser.send("/courses/new", minutes="60", **said)
    assert "培训已安排。" in browser.words


def test_from_sign_up_to_certificate(app: Flask, device: Device) -> None:
    """A helper signs up and sees it at the desk; the unit tells, the office confirms; the helper's
    own page has the certificate and says until when it counts."""
    person, _ = untrained(name="贾受训")
    of = build.planned()
    mine = signed_in(device, person)
    mine.send(f"/courses/{of.id}/join")
    assert "您已报名" in mine.words
    mine.get("/desk")
    assert "您报名的培训" in mine.words
    with clock.moved_to(of.after()):
        with db.read():
            (one,) = of.read().members_on
            number = str(one.id)
            until = f"{of.read().until:%Y}"
        unit = signed_in(device, of.manager)
        unit.get("/desk")
        assert "登记培训到场人员" in unit.words
        unit.send(f"/courses/{of.id}/list", came=[number])
        assert "名单经另一人确认后，培训才算数。" in unit.words
        office = signed_in(device, of.office)
        office.get("/desk")
        assert "确认培训签到名单" in office.words
        office.get(f"/courses/{of.id}/confirm")
        assert "贾受训" in office.words
        office.send(f"/courses/{of.id}/confirm")
        assert "已为 1 人记录培训。" in office.words
        mine = signed_in(device, person)
        mine.get("/courses")
        assert f"有效期至{until}" in mine.words
        mine.get(f"/courses/members/{number}/certificate")
        assert "培训结业证明" in mine.words
        mine.get("/helpers/mine")
        assert "您已通过审核" in mine.words or "已通过" in mine.words


def test_a_director_signs_a_guardian_up(app: Flask, device: Device) -> None:
    of = build.planned(audience=CourseFor.guardians)
    her = director()
    household_child(her)
    with db.read():
        number, words = next(iter(courses.could_be_signed(of.read(), her.actor()).items()))
    browser = signed_in(device, her)
    browser.send(f"/courses/{of.id}/members", who=str(number))
    name = words.split(" · ")[0]
    assert "已报名。" in browser.words
    assert name in browser.words
    office = signed_in(device, people.appoint(Role.coordinator, office=Office.womens_federation))
    office.get(f"/courses/{of.id}/members")
    assert name not in office.words
