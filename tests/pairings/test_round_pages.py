"""The pages of matching, as a coordinator and a volunteer see them, in Chinese by default."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.core import db, jobs
from jiedui.helpers.rules import HelpKind, Language, Stage, Subject
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing, Ranking, Suggestion, Verdict, Willing
from jiedui.pairings.rules import PairingState
from jiedui.pairings.rules.rounds import SuggestionState
from tests import people
from tests.builders.helpers import cleared_volunteer, volunteer
from tests.builders.needs import forget, open_need
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
SATURDAY_AFTERNOON = frozenset({16})


def coordinator() -> Person:
    """Somebody of the Youth League."""
    return people.appoint(Role.coordinator, office=Office.youth_league)


def signed_in(device: Device, person: Person) -> Browser:
    """A browser of this person."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


def taught(code: str = people.VILLAGE) -> int:
    """Mathematics on Saturday afternoons for a child that speaks Hakka."""
    return open_need(
        code=code,
        kind=HelpKind.tutoring,
        subjects=frozenset({Subject.mathematics}),
        slots=SATURDAY_AFTERNOON,
        languages=frozenset({Language.hakka, Language.mandarin}),
    )


def teacher(code: str = people.NEXT_VILLAGE) -> tuple[Person, int]:
    """Somebody of the next village who fits."""
    return cleared_volunteer(
        code,
        offers=frozenset({HelpKind.tutoring}),
        subjects=frozenset({Subject.mathematics, Subject.english}),
        stages=frozenset({Stage.primary_lower}),
        slots=SATURDAY_AFTERNOON,
        languages=frozenset({Language.hakka, Language.mandarin}),
    )


def made(browser: Browser) -> str:
    """Start a list by the page and let the worker make it; returns its address."""
    browser.get("/matching")
    region = re.search(r'<option[^>]*value="(\d+)"', browser.text)
    assert region is not None
    browser.send("/matching", region=region.group(1))
    assert browser.page is not None
    path = browser.page.request.path
    assert 'http-equiv="refresh"' in browser.text
    assert "正在匹配" in browser.words
    jobs.work_off()
    return path


class Seen(NamedTuple):
    """What a test asks of a pair."""

    id: int
    state: SuggestionState
    score: int
    helper_id: int
    reasons: dict[str, Any]


def only() -> Seen:
    """The only pair of the only list."""
    with db.read():
        one = db.session.scalars(select(Suggestion)).one()
        return Seen(one.id, one.state, one.score, one.helper_id, one.reasons)


def test_from_the_button_to_the_office(app: Flask, device: Device) -> None:
    """Start, wait, read one line of plain words, hand in."""
    person = coordinator()
    need_id = taught()
    teacher()
    browser = signed_in(device, person)
    path = made(browser)
    browser.get(path)
    assert "同镇 2 公里 · 周六下午 · 会客家话 · 能教数学" in browser.words
    assert "已证明是最好的名单" in browser.words
    browser.get(f"{path}/publish")
    assert "要把 1 对提交审核吗？" in browser.words
    assert re.search(r"共青团|团县委|团委", browser.words)
    browser.send(f"{path}/publish")
    assert "正在提交审核" in browser.words
    jobs.work_off()
    browser.get(path)
    assert "已提交审核 1 对。" in browser.words
    with db.read():
        pairing = db.session.scalars(select(Pairing)).one()
        assert (pairing.need_id, pairing.state) == (need_id, PairingState.proposed)


def test_the_page_is_complete_in_english(app: Flask, device: Device) -> None:
    """The same line in the other language."""
    taught()
    teacher()
    browser = signed_in(device, coordinator())
    path = made(browser)
    browser.english().get(path)
    assert "same township 2 km · on Sat afternoon · speaks Hakka" in browser.words
    assert "can teach Mathematics" in browser.words


def test_a_draft_shows_no_childs_name(app: Flask, device: Device) -> None:
    """The list speaks of needs by number, kind and village."""
    taught()
    teacher()
    browser = signed_in(device, coordinator())
    path = made(browser)
    browser.get(path)
    with db.read():
        names = [child.name for child in db.session.get_one(Suggestion, only().id).need.children]
    assert all(name not in browser.text for name in names)


def test_the_parts_stand_behind_the_line_and_add_up(app: Flask, device: Device) -> None:
    """They are folded, and their sum is the score."""
    taught()
    teacher()
    browser = signed_in(device, coordinator())
    path = made(browser)
    browser.get(path)
    folded = browser.text.split('<ul class="jd-parts">')[1].split("</ul>")[0]
    assert sum(int(n) for n in re.findall(r"<b>(\d+)</b>", folded)) == only().score


def test_one_press_takes_a_pair_out_for_a_reason(app: Flask, device: Device) -> None:
    """Five reasons as buttons; the removal stands on its own shelf and can be taken back."""
    taught()
    teacher()
    browser = signed_in(device, coordinator())
    path = made(browser)
    one = f"/matching/pairs/{only().id}"
    browser.get(path)
    assert browser.text.count('name="reason"') == 5
    browser.press(path, one, change="remove", reason="too_far_in_fact")
    assert "已剔除" in browser.words
    assert only().state is SuggestionState.removed
    browser.get(f"{path}?show=removed")
    assert "实际路程太远" in browser.words
    browser.get(f"{path}?show=unmet")
    assert "再算一次，看看谁合适" in browser.words
    browser.send(one, change="put_back")
    assert only().state is SuggestionState.pinned
    with db.read():
        assert db.session.scalars(select(Verdict)).all() == []


def test_taking_out_without_a_reason_is_refused(app: Flask, device: Device) -> None:
    """With a message beside the reasons, and nothing done."""
    taught()
    teacher()
    browser = signed_in(device, coordinator())
    made(browser)
    page = browser.send(f"/matching/pairs/{only().id}", change="remove")
    assert page.status_code == 422
    assert "请选择原因" in browser.words
    assert only().state is SuggestionState.kept


def test_a_pair_is_replaced_by_the_next_best(app: Flask, device: Device) -> None:
    """Chosen from the alternatives, with the reason for the first."""
    taught()
    teacher()
    teacher(people.VILLAGE)
    browser = signed_in(device, coordinator())
    made(browser)
    one = only()
    (other, _score), *_ = one.reasons["other_helpers"]
    browser.send(
        f"/matching/pairs/{one.id}", change="replace", helper=str(other), reason="not_suitable"
    )
    assert "已换人" in browser.words
    with db.read():
        rows = db.session.scalars(select(Suggestion)).all()
        states = {row.helper_id: row.state for row in rows}
    assert states == {one.helper_id: SuggestionState.removed, other: SuggestionState.pinned}


def test_a_known_pair_is_named_by_its_numbers(app: Flask, device: Device) -> None:
    """Written as people write them; a wrong number is refused beside its field."""
    need_id = taught()
    teacher()
    _, other = teacher(people.VILLAGE)
    browser = signed_in(device, coordinator())
    path = made(browser)
    page = browser.send(f"{path}/nominate", need=f"n{need_id}", helper="V-9999")
    assert page.status_code == 422
    assert "没有这个编号的可以结对的人" in browser.words
    assert f'value="n{need_id}"' in browser.text
    browser.send(f"{path}/nominate", need=f"n{need_id}", helper=f"V-{other:04d}")
    assert "已先定下" in browser.words


def test_a_named_pair_that_a_rule_stops_is_refused_in_words(app: Flask, device: Device) -> None:
    """The barriers stand beside the field, not as codes."""
    need_id = taught()
    teacher()
    _, uncleared = volunteer()
    browser = signed_in(device, coordinator())
    path = made(browser)
    page = browser.send(f"{path}/nominate", need=f"N-{need_id}", helper=f"V-{uncleared}")
    assert page.status_code == 422
    assert "这两位现在配不上：资格审核没有完成；提供的帮助不同" in browser.words


def test_a_need_with_nobody_says_what_stopped_it(app: Flask, device: Device) -> None:
    """By how many volunteers each rule stops."""
    taught()
    cleared_volunteer()
    browser = signed_in(device, coordinator())
    path = made(browser)
    browser.get(f"{path}?show=unmet")
    assert "暂时配不上的原因" in browser.words
    assert "提供的帮助不同 1 人" in browser.words


def test_handing_in_names_what_does_not_hold(app: Flask, device: Device) -> None:
    """The page that asks has checked again already."""
    taught()
    teacher()
    other = open_need(slots=frozenset({15}))
    cleared_volunteer()
    browser = signed_in(device, coordinator())
    path = made(browser)
    forget(other)
    browser.get(f"{path}/publish")
    assert "要把 1 对提交审核吗？" in browser.words
    assert "有 1 对现在配不上了，这次不提交" in browser.words
    browser.send(f"{path}/publish")
    jobs.work_off()
    browser.get(path)
    assert "有 1 对没有提交" in browser.words


def test_another_countys_list_is_not_there(app: Flask, device: Device) -> None:
    """404, whether or not it exists."""
    taught()
    teacher()
    path = made(signed_in(device, coordinator()))
    stranger = people.appoint(
        Role.coordinator, people.OTHER_COUNTY, office=Office.youth_league, name="外县人"
    )
    browser = signed_in(device, stranger)
    for page in (path, f"{path}/publish", f"/matching/pairs/{only().id}"):
        assert browser.get(page).status_code == 404


def test_ranked_helpers_for_one_need(app: Flask, device: Device) -> None:
    """Asked by a button, worked out by a worker, proposed from the list."""
    need_id = taught()
    _, helper_id = teacher()
    cleared_volunteer()
    person = coordinator()
    browser = signed_in(device, person)
    path = f"/matching/needs/{need_id}"
    browser.get(path)
    assert "看看谁合适" in browser.words
    browser.send(path, act="ask")
    assert 'http-equiv="refresh"' in browser.text
    jobs.work_off()
    browser.get(path)
    assert "有 1 个合适" in browser.words
    assert "同镇 2 公里" in browser.words
    assert "提供的帮助不同" in browser.words
    browser.send(path, other=str(helper_id))
    assert "已提交审核" in browser.words
    with db.read():
        assert db.session.scalars(select(Pairing)).one().proposers == [person.account_id]


def test_ranked_needs_for_one_helper(app: Flask, device: Device) -> None:
    """The other way round."""
    need_id = taught()
    _, helper_id = teacher()
    browser = signed_in(device, coordinator())
    path = f"/matching/helpers/{helper_id}"
    browser.send(path, act="ask")
    jobs.work_off()
    browser.get(path)
    assert f"N-{need_id:04d}" in browser.words
    browser.send(path, act="ask")
    with db.read():
        assert len(db.session.scalars(select(Ranking)).all()) == 2


def test_a_volunteer_marks_at_most_three_cards(app: Flask, device: Device) -> None:
    """And takes one back; the next list knows."""
    needs = [open_need() for _ in range(4)]
    person, helper_id = cleared_volunteer(capacity=4)
    browser = signed_in(device, person)
    browser.send("/cards", act="ask")
    jobs.work_off()
    for need_id in needs[:3]:
        browser.send("/cards", need=str(need_id), mark="yes")
        assert "已标记，下次匹配会参考。" in browser.words
    page = browser.send("/cards", need=str(needs[3]), mark="yes")
    assert page.status_code == 422
    assert "最多标记三个" in browser.words
    browser.send("/cards", need=str(needs[0]), mark="no")
    with db.read():
        marked = {row.need_id for row in db.session.scalars(select(Willing))}
    assert marked == set(needs[1:3])


def test_a_card_says_nothing_that_identifies(app: Flask, device: Device) -> None:
    """No name, no number, no village; the way is rounded up to five kilometres."""
    need_id = taught()
    person, _ = teacher()
    browser = signed_in(device, person)
    browser.send("/cards", act="ask")
    jobs.work_off()
    browser.get("/cards")
    assert "数学" in browser.words
    assert "5 公里以内" in browser.words
    assert "9–11 岁" in browser.words
    with db.read():
        child = db.session.get_one(Need, need_id).children[0]
        secrets = [child.name, child.code, f"N-{need_id:04d}"]
        assert all(secret not in browser.text for secret in secrets)
    assert "上村" not in browser.words


def test_an_uncleared_volunteer_sees_no_card(app: Flask, device: Device) -> None:
    """Not even by asking for it directly."""
    need_id = open_need()
    person, _ = volunteer()
    browser = signed_in(device, person)
    browser.get("/cards")
    assert "资格审核还没有完成" in browser.words
    page = browser.send("/cards", need=str(need_id), mark="yes")
    assert page.status_code == 422
    with db.read():
        assert db.session.scalars(select(Willing)).all() == []
