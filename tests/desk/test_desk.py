"""Each role's first page is what waits for them, oldest and nearest to expiry first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.access.actions import Post
from jiedui.access.rules import Office, Role
from jiedui.children.rules import Answer
from jiedui.core import clock, db, jobs, outbox, words
from jiedui.core.outbox import Letter, LetterKind
from jiedui.needs.rules import Urgency, UrgencyReason
from tests import people
from tests.builders import children, helpers, needs, pairings
from tests.builders.hours import evening_after, logged
from tests.client import Browser
from tests.people import Person

Devices = Callable[[], Browser]


@pytest.fixture
def desk_of(device: Devices) -> Callable[[Person], Browser]:
    """Somebody's device with the desk open."""

    def of(person: Person) -> Browser:
        mine = device()
        mine.sign_in(person.phone)
        mine.get("/desk")
        return mine

    return of


Desk = Callable[[Person], Browser]


def test_nothing_waits_for_somebody_new(desk_of: Desk) -> None:
    for role, place in ((Role.child_director, people.VILLAGE), (Role.leader, people.COUNTY)):
        assert "没有待办" in desk_of(people.appoint(role, place)).words


def test_who_reads_figures_finds_them_where_nothing_waits(desk_of: Desk) -> None:
    """Seen to fail: a leader's first page with nothing but that nothing waits."""
    pairings.active()
    page = desk_of(people.appoint(Role.leader, people.COUNTY))
    assert "没有待办" not in page.words
    assert "孩子们走到了哪一步" in page.words
    assert page.get("/progress").status_code == 200


def test_somebody_without_a_role_is_told_whom_to_ask(desk_of: Desk) -> None:
    person = people.appoint(Role.child_director, people.VILLAGE)
    with db.write():
        access.end_role(people.account_of(person).roles[0], by=person.actor())
    assert "您的账号现在没有身份" in desk_of(person).words


def test_a_report_stands_first_on_two_desks_and_on_no_other(either_app: Flask) -> None:
    readers = [
        people.appoint(Role.duty_officer),
        people.appoint(Role.coordinator, office=Office.civil_affairs),
    ]
    others = [
        people.appoint(Role.coordinator, office=Office.womens_federation),
        people.appoint(Role.township_supervisor, people.TOWNSHIP),
    ]
    pairings.proposed()
    Browser(either_app).send("/report", what="晚上有哭声", where="上村")
    for person in readers:
        mine = Browser(either_app)
        mine.sign_in(person.phone)
        page = mine.get("/desk").get_data(as_text=True)
        assert "1 份报告还没人看" in page
        assert "晚上有哭声" not in page
        first = page.index("/reports/1")
        assert "/decide" not in page[:first]
    for person in others:
        theirs = Browser(either_app)
        theirs.sign_in(person.phone)
        assert "/reports/1" not in theirs.get("/desk").get_data(as_text=True)


def test_an_unread_report_is_late_after_two_hours(desk_of: Desk, device: Devices) -> None:
    officer = people.appoint(Role.duty_officer)
    device().send("/report", what="有事")
    assert "超过 2 小时没人看" not in desk_of(officer).words
    with clock.moved_to(clock.now() + timedelta(hours=2, minutes=1)):
        assert "超过 2 小时没人看" in desk_of(officer).words


def test_a_proposal_waits_for_its_office_without_any_name(desk_of: Desk) -> None:
    pair = pairings.proposed()
    officer = desk_of(pair.officer)
    assert f"/pairings/{pair.id}/decide" in officer.text
    assert "审核结对" in officer.words
    assert "北东山镇" in officer.words
    assert "上村" not in officer.words
    other = people.appoint(Role.coordinator, office=Office.youth_league)
    assert "/decide" not in desk_of(other).text
    with db.read():
        child = pair.read().need.children[0].name
    assert child not in officer.text


def test_a_pairings_steps_wait_for_those_who_take_them(desk_of: Desk) -> None:
    pair = pairings.approved()
    page = f"/pairings/{pair.id}"
    director = desk_of(pair.director)
    assert "听取监护人和孩子的意见" in director.words
    assert page in director.text
    helper = desk_of(pair.helper)
    assert "答复结对建议" in helper.words
    pairings.accept(pair)
    assert "答复结对建议" not in desk_of(pair.helper).words
    pairings.family_says(pair)
    later = desk_of(pair.director)
    assert "听取监护人和孩子的意见" not in later.words
    assert "安排首次见面" in later.words


def test_a_card_shows_no_identity_on_the_helpers_desk(desk_of: Desk) -> None:
    pair = pairings.approved()
    helper = desk_of(pair.helper)
    with db.read():
        child = pair.read().need.children[0]
        hidden = [child.name, child.village.name, child.code]
    assert not [word for word in hidden if word in helper.text]


def test_who_cannot_be_reached_here_stands_as_a_call(desk_of: Desk) -> None:
    pair = pairings.approved()
    director = desk_of(pair.director)
    with db.read():
        guardian = next(g for g in pair.read().need.household.guardians if g.is_guardian)
        phone = guardian.phone
    assert "要打 1 个电话" in director.words
    assert f'href="tel:{phone}"' in director.text
    assert f"/pairings/{pair.id}/call/guardian" in director.text
    pairings.family_says(pair, guardian=Answer.yes, child=None)
    assert "个电话" not in desk_of(pair.director).words


def test_a_volunteer_sees_where_the_own_vetting_lies(desk_of: Desk) -> None:
    person, helper_id = helpers.volunteer()
    assert "您的资格审核还没完成" in desk_of(person).words
    coordinator = people.appoint(Role.coordinator, office=Office.youth_league)
    office = desk_of(coordinator)
    assert "资格审核" in office.words
    assert "/helpers?gate=identity" in office.text
    helpers.clear(helper_id)
    assert "您的资格审核还没完成" not in desk_of(person).words


def test_a_need_without_consent_and_a_new_file_wait(desk_of: Desk) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    child_id = children.household_child(director, consent=False, view=False)
    needs.open_need(director, child_id=child_id, at_place=False)
    assert "征求同意" in desk_of(director).words
    town = desk_of(people.appoint(Role.township_supervisor, people.TOWNSHIP))
    assert "核实新档案" in town.words
    assert "/children/check" in town.text


def test_a_red_need_is_said_on_top_of_the_townships_desk(desk_of: Desk) -> None:
    needs.open_need(at_place=False, urgency=Urgency.red, urgency_reason=UrgencyReason.lives_alone)
    town = desk_of(people.appoint(Role.township_supervisor, people.TOWNSHIP))
    assert "1 个需求标为红色紧急" in town.words
    far = desk_of(people.appoint(Role.township_supervisor, people.OTHER_TOWNSHIP))
    assert "红色紧急" not in far.words


def test_declared_sessions_wait_in_one_line(desk_of: Desk) -> None:
    pair = pairings.trial()
    with evening_after() as day:
        logged(pair, day)
        mine = desk_of(pair.director)
        assert "核实时长" in mine.words
        assert mine.text.count('href="/hours/weekly"') >= 1
        assert "核实时长" not in desk_of(pair.helper).words


def test_at_most_seven_lines_the_rest_folded(desk_of: Desk) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    for _ in range(9):
        child_id = children.household_child(director, consent=False, view=False)
        needs.open_need(director, child_id=child_id, at_place=False)
    mine = desk_of(director)
    before, folded = mine.text.split('<details class="jd-more"', 1)
    assert before.count('href="/needs/') == 6 * 2  # title and button
    assert folded.count('href="/needs/') == 3 * 2
    # Nine wishes, nine houses to screen, nine agreements, and one visit more.
    assert "待办 28 件" in mine.words


def test_an_invitation_that_ran_out_waits_for_the_administrator(desk_of: Desk) -> None:
    admin = people.appoint(Role.account_admin)
    with db.write():
        post = Post(Role.child_director, people.region(people.VILLAGE))
        late, _token = access.invite("没来的人", people.phone_number(), post, by=admin.actor())
        number = late.id
    assert "链接过期" not in desk_of(admin).words
    with clock.moved_to(clock.now() + timedelta(hours=73)):
        assert "链接过期还没启用的账号" in desk_of(admin).words
        with db.write():
            access.new_link(accounts.get(number), by=admin.actor())
        assert "链接过期" not in desk_of(admin).words


def test_a_report_about_a_helper_pauses_what_they_do(device: Devices) -> None:
    """From the report door to the pairing: an act of its own, after the report was kept."""
    pair = pairings.trial()
    officer = people.appoint(Role.duty_officer)
    device().send("/report", what="志愿者私下加孩子微信")
    reader = device()
    reader.sign_in(officer.phone)
    page = reader.send("/reports/1", act="helper", helper="V-9999")
    assert page.status_code == 422
    assert "没有这个编号" in reader.words
    reader.send("/reports/1", act="helper", helper=f"v{pair.helper_id}")
    with db.read():
        assert pair.read().state.value == "trial"
    assert jobs.work_off() == 1
    with db.read():
        assert pair.read().state.value == "paused"
    assert "其结对已暂停" in reader.get("/reports/1").get_data(as_text=True)


def test_a_link_from_a_page_about_a_helper_pauses_and_a_forged_one_does_not(
    app: Flask, device: Devices
) -> None:
    pair = pairings.trial()
    with app.test_request_context():
        link = app.jinja_env.globals["report_url"](pair.helper_id)
    device().send("/report?about=" + str(pair.helper_id), what="想害人的报告")
    assert jobs.work_off() == 0
    device().send(link, what="真的担心")
    assert jobs.work_off() == 1
    with db.read():
        assert pair.read().state.value == "paused"


def test_letters_stand_with_words_and_are_opened_by_a_press(device: Devices) -> None:
    officer = people.appoint(Role.duty_officer)
    device().send("/report", what="有事")
    mine, other = device(), device()
    mine.sign_in(officer.phone)
    mine.get("/desk")
    assert "有一份报告等人看" in mine.words
    other.sign_in(people.appoint(Role.duty_officer).phone)
    assert other.press("/desk", "/letters/1/open").status_code == 404
    mine.press("/desk", "/letters/1/open")
    assert mine.page is not None
    assert mine.page.request.path == "/reports/1"
    assert "有一份报告等人看" not in mine.get("/desk").get_data(as_text=True)


def test_every_kind_of_letter_is_said_in_both_languages(app: Flask) -> None:
    for kind in LetterKind:
        with app.test_request_context(headers={"Cookie": "language=en"}):
            english = words.label(kind)
        with app.test_request_context():
            chinese = words.label(kind)
        assert english != kind.value
        assert not [c for c in chinese if c.isascii() and c.isalpha()], chinese


def test_letters_lead_to_what_they_are_about_and_can_be_cleared(device: Devices) -> None:
    person = people.appoint(Role.child_director, people.VILLAGE)
    with db.write():
        county_id = people.region(people.COUNTY).id
        for kind in (LetterKind.pairing_ready, LetterKind.work_handed_over):
            outbox.post(kind, to=person.account_id, county_id=county_id, about=("pairing", 7))
    mine = device().english()
    mine.sign_in(person.phone)
    assert "P-0007" in mine.get("/desk").get_data(as_text=True)
    mine.press("/desk", "/letters/read")
    with db.read():
        assert db.session.query(Letter).filter(Letter.read_at.is_(None)).count() == 0
    assert "P-0007" not in mine.get("/desk").get_data(as_text=True)
