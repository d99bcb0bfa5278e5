"""Pages of the holidays as the Youth League, a team, a director and a student use them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.queries import classes, seasons
from jiedui.contact.actions import dates
from jiedui.contact.rules.plan import DatesKind
from jiedui.core import clock, db
from jiedui.partners.rules import UnitKind
from tests import people
from tests.activities.test_seasons import night_after, settle
from tests.builders import classes as build
from tests.builders import groups
from tests.builders.children import household_child
from tests.builders.helpers import agency, cleared_volunteer
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


def signed_in(device: Device, person: Person) -> Browser:
    """A device with somebody signed in."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


def test_the_desk_says_when_a_campaign_is_to_be_opened(app: Flask, device: Device) -> None:
    """Six weeks before the holidays of the school calendar, until there is one."""
    league = people.appoint(Role.coordinator, office=Office.youth_league)
    starts = clock.today() + timedelta(weeks=7)
    civil = people.appoint(Role.coordinator, office=Office.civil_affairs)
    with db.write():
        county, by = people.region(people.COUNTY), civil.actor()
        dates.add(county, DatesKind.school_holiday, starts, starts + timedelta(days=30), by=by)
    browser = signed_in(device, league)
    browser.get("/desk")
    assert "启动假期招募" not in browser.words
    with clock.moved_to(clock.now() + timedelta(weeks=1)):
        browser = signed_in(device, league)
        browser.get("/desk")
        assert "启动假期招募" in browser.words
        day = {"starts": starts, "ends": starts + timedelta(days=20)}
        said = {name: one.isoformat() for name, one in day.items()}
        early = (starts - timedelta(days=38)).isoformat()
        browser.send("/seasons/new", kind="winter", checks_until=early, **said)
        assert "公安查询需要十个工作日" in browser.words
        good = (starts - timedelta(days=7)).isoformat()
        browser.send("/seasons/new", kind="winter", checks_until=good, **said)
        assert "招募已启动，已通知各团队。" in browser.words
        browser.get("/desk")
        assert "启动假期招募" not in browser.words


def test_a_team_signs_up_and_the_league_makes_one_list(app: Flask, device: Device) -> None:
    unit = agency("北试大学支教队", UnitKind.volunteer_team)
    manager = people.appoint(Role.unit_manager, unit_id=unit)
    league, season = build.opened()
    _, number = cleared_volunteer(unit_id=unit, name="贾学甲")
    mine = signed_in(device, manager)
    mine.get("/desk")
    assert "为团队报名假期班" in mine.words
    mine.send(f"/seasons/{season}/members", members=[str(number)])
    assert "已报名 1 人。" in mine.words
    assert "贾学甲" in mine.words
    with db.read():
        assert [one.helper_id for one in seasons.members(season)] == [number]
    office = signed_in(device, league)
    office.get(f"/seasons/{season}")
    assert "贾学甲" in office.words
    assert "已通过审核" in office.words


def test_whose_checks_are_missing_go_to_the_police_from_the_page(
    app: Flask, device: Device
) -> None:
    of = build.team()
    office = signed_in(device, of.league)
    office.get("/desk")
    assert "审核未完成的学生" in office.words
    office.get(f"/seasons/{of.season}")
    assert "还有 1 人没有报送公安查询" in office.words
    assert f"/helpers/together/record_check?id={of.late[1]}" in office.text


def test_a_director_signs_a_child_up_at_the_door(app: Flask, device: Device) -> None:
    of = build.planned()
    child_id = household_child(of.director)
    her = signed_in(device, of.director)
    her.send(f"/classes/{of.id}/seats", child=str(child_id))
    assert "名额已保留" in her.words
    with db.read():
        entry = of.read().children_on[0]
        guardian = next(g for g in entry.child.household.guardians if g.is_guardian)
        number, who = entry.id, str(guardian.id)
    her.get("/desk")
    assert "为假期班征求家庭意见" in her.words
    page = f"/classes/seats/{number}"
    her.send(page)
    assert "还没有人答复" in her.words
    yes = {"consent": "yes", "guardian": who, "view": "yes", "how": "alone"}
    her.send(page, means="telephone", phone_number="13900000000", second_person="", **yes)
    assert "第二个人" in her.words or "另一个人" in her.words or "一起听" in her.words
    her.send(page, means="paper", paper_holder="石例女", paper_where="村委会", **yes)
    assert "意见已记下" in her.words or "已记" in her.words
    with db.read():
        (seated,) = classes.seated(of.read())
        assert seated.comes


def test_team_and_director_keep_the_list_and_the_hours_count(app: Flask, device: Device) -> None:
    of = build.planned()
    child_id = build.seated(of)
    student, number = of.team.cleared[0]
    with db.read():
        meeting = of.meeting().id
    with clock.moved_to(of.after()):
        mine = signed_in(device, student)
        mine.get("/desk")
        assert "填报到场志愿者" in mine.words
        both = {f"came_{n}": "y" for _, n in of.team.cleared}
        times = {f"from_{n}": "09:00" for n in of.team.everybody}
        times |= {f"until_{n}": "11:30" for n in of.team.everybody}
        one = {f"came_{number}": "y"}
        mine.send(f"/meetings/{meeting}/helpers", **one, **times)
        assert "至少两名志愿者" in mine.words
        mine.send(f"/meetings/{meeting}/helpers", **both, **times)
        assert "时长即计入" in mine.words
        her = signed_in(device, of.director)
        her.get("/desk")
        assert "确认假期班名单" in her.words
        her.send(f"/meetings/{meeting}/list", children=[str(child_id)])
        assert "名单已确认，志愿者时长已登记。" in her.words
        mine.get("/hours")
        assert "假期班 · 画画和算术" in mine.words
        mine.get(f"/classes/{of.id}/record")
        assert "2 小时 30 分" in mine.words
        with db.read():
            name = of.read().children_on[0].child.name
        assert name not in mine.words
        her.get(f"/children/{child_id}")
        assert "假期班" in her.words


def test_who_was_left_out_is_asked_on_the_desk(app: Flask, device: Device) -> None:
    of = build.team()
    settle(of)
    with clock.moved_to(night_after(of) + timedelta(hours=9)):
        student = signed_in(device, of.late[0])
        student.get("/desk")
        assert "学期中愿意线上陪伴一个孩子吗？" in student.words
        with db.read():
            (member,) = seasons.left_out_of(of.late[0].actor())
            page = f"/seasons/members/{member.id}/online"
        student.send(page, answer="yes")
        assert "请在这里选上线上陪伴" in student.words
        office = signed_in(device, of.league)
        office.get(f"/seasons/{of.season}")
        assert "1 人愿意" in office.words


def test_a_closing_day_can_be_moved_until_it_is_over(app: Flask, device: Device) -> None:
    of = build.team()
    office = signed_in(device, of.league)
    with db.read():
        season = of.read()
        said = {"kind": "winter", "starts": f"{season.starts}", "ends": f"{season.ends}"}
        later = f"{season.checks_until + timedelta(days=2)}"
    office.send(f"/seasons/{of.season}/change", checks_until=later, **said)
    assert "日期已修改。" in office.words
    assert build.closing_day(of).isoformat() == later


def test_a_class_is_planned_at_a_place_of_the_county(app: Flask, device: Device) -> None:
    of = build.team()
    made = build.planned(of)
    office = signed_in(device, of.league)
    with db.read():
        season, place = of.read(), made.read().place_id
        said = {
            "title": "读书", "unit": str(of.unit), "place": str(place), "seats": "10",
            "starts": f"{season.starts}", "ends": f"{season.ends}", "begins_at": "14:00",
            "ends_at": "13:00", "weekdays": ["5", "6"],
        }  # fmt: skip
    office.send(f"/seasons/{of.season}/classes/new", **said)
    assert "结束时间早于开始时间" in office.words
    office.send(f"/seasons/{of.season}/classes/new", **{**said, "ends_at": "16:00"})
    assert "班级已安排。请选择志愿者。" in office.words
    with db.read():
        new = classes.classes_for(of.league.actor(), of.season)[-1]
        number = new.id
    office.send(f"/classes/{number}/helpers", helpers=[str(n) for n in of.everybody])
    assert "带班志愿者已登记。" in office.words


def test_nothing_is_put_on_a_class_by_somebody_outside(app: Flask, device: Device) -> None:
    of = build.planned()
    stranger = signed_in(device, cleared_volunteer()[0])
    assert stranger.get(f"/classes/{of.id}").status_code == 404
    with db.write():
        actions.put_helpers(of.read(), [], by=of.team.manager.actor())
    student = signed_in(device, of.team.cleared[0][0])
    assert student.get(f"/classes/{of.id}").status_code == 404


def test_a_group_is_planned_asked_for_held_and_called_off(app: Flask, device: Device) -> None:
    """The office plans it and asks the nearest who is free; she says yes; the director confirms
    only with the tick that somebody of the place was there."""
    of = groups.planned(asked=False)
    office = signed_in(device, of.office)
    office.get("/desk")
    assert "请人带小组" in office.words
    office.get(f"/groups/{of.id}/ask")
    assert "贾带组" in office.words
    office.send(f"/groups/{of.id}/ask", helper=str(of.helper_id))
    assert "已发出邀请" in office.words
    hers = signed_in(device, of.helper)
    hers.get("/desk")
    assert "你愿意带这个小组吗？" in hers.words
    with db.read():
        number = of.read().asked[0].id
    hers.send(f"/groups/asked/{number}", answer="yes")
    assert "已告诉儿童之家负责人" in hers.words
    hers.get("/calendar")
    assert "读绘本" in hers.words
    hers.send("/calendar/address")
    address = re.search(r"/calendar/([\w-]+)\.ics", hers.text)
    assert address is not None
    feed = device().http.get(address.group(0)).data.decode().replace("\r\n ", "")
    assert feed.count(f"SUMMARY:读绘本 A-{of.id:04d}") == 8
    kid = build.seated(of)  # type: ignore[arg-type]
    with db.read():
        first, second = of.meeting().id, of.meeting(1).id
    hers.send(f"/meetings/{second}/off", reason="helper_ill")
    assert "已取消，并通知了有关的人。" in hers.words
    with clock.moved_to(of.after()):
        groups.told(of)
        keeper = signed_in(device, of.keeper)
        keeper.send(f"/meetings/{first}/list", children=[str(kid)])
        assert "任何人不得单独带孩子" in keeper.words
        keeper.send(f"/meetings/{first}/list", children=[str(kid)], beside="y")
        assert "名单已确认" in keeper.words


def test_a_group_form_keeps_what_was_typed(app: Flask, device: Device) -> None:
    of = groups.planned()
    office = signed_in(device, of.office)
    with db.read():
        home = of.read().place_id
    first = (clock.today() - timedelta(days=1)).isoformat()
    office.send(
        "/groups/new", title="下象棋", place=str(home), keeper=str(of.keeper.account_id), seats="4",
        starts=first, ends=clock.today().isoformat(), weekdays=["2"], begins_at="16:30",
        ends_at="18:00",
    )  # fmt: skip
    assert "下象棋" in office.text
    assert office.page.status_code == 422
