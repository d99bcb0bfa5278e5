"""Pages of themed events as an office, a school, a director and a volunteer use them.

Made to fail: a school that reads the names of children it did not sign up (`_mine` by county); a
pupil of another school who is found (`pupils_called` without the school); a line of the plan that
stays on the desk although it is reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.rules.events import Theme
from jiedui.activities.rules.prevention import Reach, TargetSaid
from jiedui.care.rules.statement import AgeBand
from jiedui.children import queries as children
from jiedui.core import clock, db
from tests import people
from tests.activities.test_events import seated, waiting
from tests.activities.test_pages import signed_in
from tests.builders import events as build
from tests.builders.children import director, household_child
from tests.builders.helpers import cleared_volunteer
from tests.client import Browser

Device = Callable[[], Browser]


def test_a_school_signs_its_pupil_up_and_the_director_asks_the_family(
    app: Flask, device: Device
) -> None:
    """By name, from no list; it sees whom it signed up and no other child."""
    mine, other, her = build.school(), build.school("南坡小学"), director()
    pupil = household_child(her, name="钟小山", school_id=mine.place)
    of = build.planned(by=people.appoint(Role.coordinator, office=Office.education))
    stranger = seated(of)
    away = signed_in(device, other.worker)
    away.send(f"/classes/{of.id}/seats", pupil="钟小山")
    assert "本校在册学生中没有这个姓名" in away.words
    school = signed_in(device, mine.worker)
    school.send(f"/classes/{of.id}/seats", pupil="钟小山")
    assert "由儿童主任征求家庭意见" in school.words
    assert "钟小山" in school.words
    with db.read():
        assert {e.child_id for e in of.read().children_on} == {pupil, stranger}
        assert children.get(stranger).name not in school.words
    desk = signed_in(device, her)
    desk.get("/desk")
    assert "为主题活动征求家庭意见" in desk.words


def test_a_director_puts_a_child_in_line_and_hears_when_it_has_a_seat(
    app: Flask, device: Device
) -> None:
    of = build.planned(seats=1)
    seated(of)
    child = household_child(of.director)
    browser = signed_in(device, of.director)
    browser.send(f"/classes/{of.id}/seats", child=str(child))
    assert "已列入候补" in browser.words
    last = waiting(of)
    with db.read():
        (entry,), line = of.read().children_on, [one.id for one in of.read().in_line]
        number = entry.id
        assert [one.child_id for one in of.read().in_line] == [child, last]
    browser.press(f"/classes/{of.id}/seats", f"/classes/waiting/{line[1]}/leave")
    assert "已退出候补" in browser.words
    browser.press(f"/classes/{of.id}/seats", f"/classes/seats/{number}/free")
    with db.read():
        assert [e.child_id for e in of.read().children_on] == [child]
    browser.get("/desk")
    assert "候补儿童已递补" in browser.words


def test_an_office_asks_a_volunteer_who_answers_on_the_phone(app: Flask, device: Device) -> None:
    office = people.appoint(Role.coordinator, office=Office.womens_federation)
    of = build.planned(by=office)
    person, number = cleared_volunteer()
    asking = signed_in(device, office)
    asking.send(f"/groups/{of.id}/ask", helper=str(number))
    assert "1 人已受邀" in asking.words
    mine = signed_in(device, person)
    mine.get("/desk")
    assert "您愿意参加这次活动吗" in mine.words
    with db.read():
        asked = of.read().asked[0].id
    mine.send(f"/groups/asked/{asked}", answer="yes")
    with db.read():
        assert [one.helper_id for one in of.read().helpers_on] == [number]


def test_material_is_entered_by_its_office_and_named_on_the_form(
    app: Flask, device: Device
) -> None:
    """A lesson on self-protection without material comes back with what was typed."""
    school = build.school()
    education = signed_in(device, build.office(Office.education))
    day = (clock.today() + timedelta(days=9)).isoformat()
    said = {"theme": "self_protection", "how": "lecture", "title": "女童保护课", "starts": day,
            "ends": day, "begins_at": "10:00", "ends_at": "11:00", "place": str(school.place),
            "audience": "grade", "expected": "90"}  # fmt: skip
    education.send("/events/new", **said)
    assert "只能使用审定的教材" in education.words
    assert "女童保护课" in education.text
    education.send("/events/materials/new", theme="self_protection", title="珍爱生命",
                   publisher="示例出版社", on=clock.today().isoformat())  # fmt: skip
    assert "教材已登记" in education.words
    education.send("/events/new", material="1", **said)
    assert "活动已安排。" in education.words
    assert "珍爱生命" in education.words
    education.press("/events/materials", "/events/materials/1/withdraw")
    assert "已停用" in education.words
    education.send("/events/new", material="1", **said)
    assert "该教材未就这一主题审定" in education.words


def test_the_desk_says_what_the_plan_wants_until_it_is_reached(app: Flask, device: Device) -> None:
    school, office = build.school(), build.office()
    with db.write():
        county, today = people.region(people.COUNTY), clock.today()
        line = TargetSaid(Theme.drowning, Reach.schools, 1, today, today + timedelta(days=20))
        actions.set_target(county, line, by=office.actor())
    browser = signed_in(device, office)
    browser.get("/desk")
    assert "防控计划尚未完成" in browser.words
    of = build.planned(school.place, by=office, **build.by_count())
    build.held(of, school.worker, {AgeBand.to_11: 9})
    with clock.moved_to(of.after()):
        browser = signed_in(device, office)
        browser.get("/desk")
        assert "防控计划尚未完成" not in browser.words


def test_a_school_reads_volunteers_names_of_its_own_events_alone(
    app: Flask, device: Device
) -> None:
    """Of an event elsewhere it reads how many help. Seen to fail: the names shown to whoever sees
    the event."""
    mine, other = build.school(), build.school("北试中学")
    office = people.appoint(Role.coordinator, office=Office.womens_federation)
    of = build.planned(mine.place, by=office)
    person, number = cleared_volunteer(name="贾知名")
    with db.write():
        one = actions.ask(of.read(), number, by=office.actor())
        db.session.flush()
        actions.answer(one, yes=True, by=person.actor())
    browser = signed_in(device, mine.worker)
    browser.get(f"/classes/{of.id}")
    assert "贾知名" in browser.words
    browser = signed_in(device, other.worker)
    browser.get(f"/classes/{of.id}")
    assert "贾知名" not in browser.text
    assert f"V-{number:04d}" not in browser.text
    assert "1 名志愿者参与" in browser.words
    assert browser.get(f"/classes/{of.id}/record").status_code == 404
