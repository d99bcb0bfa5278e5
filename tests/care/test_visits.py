"""Visits as they are recorded: levels, reports, corrections, proposals; and their pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Role
from jiedui.care.actions import visits as actions
from jiedui.care.models.visits import Visit
from jiedui.care.queries import visits as queries
from jiedui.care.rules.visits import HomeFound, Noticed, Turn, VisitRefusal
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.models import FilePast, RiskMove
from jiedui.children.rules import ChildRefusal, CloseReason, RiskLevel
from jiedui.core import clock, db
from jiedui.core.errors import Refusal, Stale
from jiedui.core.outbox import Letter
from jiedui.protection.models import Report
from tests import people
from tests.builders import children as kids
from tests.builders.visits import house_of, level_of, nobody, visited, well
from tests.client import Browser
from tests.people import Person


@pytest.fixture
def director(app: Flask) -> Person:
    """The village's director."""
    return kids.director()


@pytest.fixture
def township(app: Flask) -> Person:
    """The township's supervisor."""
    return people.appoint(Role.township_supervisor, people.TOWNSHIP)


def at(app: Flask, person: Person) -> Browser:
    """Somebody's device after signing in."""
    device = Browser(app)
    device.sign_in(person.phone)
    return device


def count(table: Any) -> int:
    """How many rows a table has."""
    with db.read():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def home_id(child: int) -> int:
    """The house of a child."""
    with db.read():
        return children.get(child).household_id


SEEN = {"outcome": "seen", "doing": "well", "carer": "grandparent", "contact": "weekly"}


def test_one_visit_serves_all_children_of_a_house(app: Flask, director: Person) -> None:
    first = kids.household_child(director)
    second = kids.household_child(director, sibling_of=first)
    visited(first, director)
    with db.read():
        home = house_of(first)
        assert {row.child_id for row in queries.of_household(home.id)[0].children} == {
            first,
            second,
        }
        (house,) = queries.houses(home.scope_path)
        assert (house.seen_on, house.turn) == (clock.today(), Turn.later)
        today = clock.today()
        assert queries.seen_between(home.scope_path, today, today) == {home.id: today}
        assert (
            queries.seen_between(
                home.scope_path, today - timedelta(days=9), today - timedelta(days=1)
            )
            == {}
        )


def test_a_finding_raises_the_level_at_once_and_the_file_keeps_it(
    app: Flask, director: Person
) -> None:
    child = kids.household_child(director)
    before = count(FilePast)
    visited(child, director, Noticed.unsafe_house)
    assert level_of(child) is RiskLevel.yellow
    assert count(FilePast) == before + 1
    with db.read():
        (move,) = children.moves(child)
        assert (move.old, move.new, move.by_account) == ("green", "yellow", director.account_id)


def test_findings_about_one_child_leave_the_other_as_it_is(app: Flask, director: Person) -> None:
    first = kids.household_child(director)
    second = kids.household_child(director, sibling_of=first)
    visited(first, director, Noticed.untreated, about=frozenset({second}))
    assert (level_of(first), level_of(second)) == (RiskLevel.green, RiskLevel.yellow)


def test_a_failing_guardianship_opens_a_report_in_the_same_step(
    app: Flask, director: Person
) -> None:
    duty = people.appoint(Role.duty_officer)
    child = kids.household_child(director, address="河边三组七号")
    mine = at(app, director)
    page = f"/visits/houses/{home_id(child)}/new"
    mine.send(page, **SEEN | {"carer": "nobody"}, words="门锁着，孩子自己做饭")
    assert "已强制报告" in mine.words
    assert level_of(child) is RiskLevel.red
    with db.read():
        report, visit = (
            db.session.scalars(select(Report)).one(),
            db.session.scalars(select(Visit)).one(),
        )
        assert visit.report_id == report.id
        assert report.what == "走访发现：孩子独自居住，没有成年人照顾\n门锁着，孩子自己做饭"
        assert "河边三组七号" in report.where
        assert children.get(child).code in report.where
        assert report.reporter_account_id == director.account_id
        told = select(Letter.to_account_id).where(Letter.about_kind == "report")
        assert db.session.scalars(told).all() == [duty.account_id]


def test_report_and_visit_are_kept_together_or_not_at_all(app: Flask, director: Person) -> None:
    child = kids.household_child(director)

    def fails(after: Callable[[Visit], object]) -> None:
        with db.write():
            home = house_of(child)
            kept = actions.record_visit(home, well(home, Noticed.violence), by=director.actor())
            db.session.flush()
            after(kept)

    with pytest.raises(ZeroDivisionError):
        fails(lambda _visit: 1 // 0)
    assert (count(Report), count(Visit), level_of(child)) == (0, 0, RiskLevel.green)
    with pytest.raises(IntegrityError):
        fails(lambda visit: setattr(visit, "report_id", None))


def test_many_reports_of_one_day_are_no_flood(app: Flask, director: Person) -> None:
    people.appoint(Role.duty_officer)
    for _ in range(7):
        visited(kids.household_child(director), director, Noticed.neglect)
    with db.read():
        assert not any(report.flood for report in db.session.scalars(select(Report)))
        assert (
            len(db.session.scalars(select(Letter).where(Letter.about_kind == "report")).all()) == 7
        )


def test_a_director_proposes_a_lower_level_and_the_township_decides(
    app: Flask, director: Person, township: Person
) -> None:
    child = kids.household_child(director, risk=RiskLevel.blue)
    visit = visited(child, director, proposed=RiskLevel.green)
    assert level_of(child) is RiskLevel.blue
    theirs = at(app, township)
    theirs.get("/desk")
    assert "决定降级建议" in theirs.words
    theirs.press("/visits/levels", f"/visits/{visit}/level", decision="agree")
    assert "等级已调低" in theirs.words
    assert level_of(child) is RiskLevel.green
    again = theirs.press("/visits/levels", f"/visits/{visit}/level", decision="agree")
    assert again.status_code == 409


def test_an_empty_decision_decides_nothing(app: Flask, director: Person, township: Person) -> None:
    child = kids.household_child(director, risk=RiskLevel.blue)
    visit = visited(child, director, proposed=RiskLevel.green)
    theirs = at(app, township)
    theirs.press("/visits/levels", f"/visits/{visit}/level")
    with db.read():
        assert queries.get(visit).settled_at is None
    theirs.press("/visits/levels", f"/visits/{visit}/level", decision="stay")
    assert level_of(child) is RiskLevel.blue
    assert "没有降级建议" in theirs.words


def test_the_township_lowers_at_its_own_visit_the_children_it_met(
    app: Flask, director: Person, township: Person
) -> None:
    first = kids.household_child(director, risk=RiskLevel.red)
    second = kids.household_child(director, sibling_of=first, risk=RiskLevel.red)
    visited(first, township, proposed=RiskLevel.blue, seen=frozenset({first}))
    assert (level_of(first), level_of(second)) == (RiskLevel.blue, RiskLevel.red)


def test_the_form_of_the_file_lowers_only_so_too(
    app: Flask, director: Person, township: Person
) -> None:
    child = kids.household_child(director, risk=RiskLevel.yellow)

    def move(level: RiskLevel, by: Person) -> None:
        with db.write():
            ledger.move_risk(children.get(child), level, by=by.actor())

    for who, code in (
        (director, ChildRefusal.supervisor_lowers),
        (township, ChildRefusal.visit_missing),
    ):
        with pytest.raises(Refusal) as said:
            move(RiskLevel.green, who)
        assert said.value.code is code
    visited(child, director)
    move(RiskLevel.green, township)
    assert level_of(child) is RiskLevel.green


def test_a_visit_before_the_level_was_set_says_nothing_about_it(
    app: Flask, director: Person, township: Person
) -> None:
    child = kids.household_child(director)
    with clock.moved_to(clock.now() - timedelta(days=5)):
        visited(child, director)
    with db.write():
        ledger.move_risk(children.get(child), RiskLevel.red, by=director.actor())
    with pytest.raises(Refusal) as said, db.write():
        ledger.move_risk(children.get(child), RiskLevel.green, by=township.actor())
    assert said.value.code is ChildRefusal.visit_missing


def test_a_correction_counts_in_place_of_the_first_record(app: Flask, director: Person) -> None:
    child = kids.household_child(director)
    visit = visited(child, director)
    mine = at(app, director)
    mine.send(f"/visits/{visit}/correct", outcome="nobody_home")
    assert "已更正，不再计入" in mine.words
    with db.read():
        (house,) = queries.houses(house_of(child).scope_path)
        assert (house.seen_on, house.nobody_on) == (None, clock.today())
        assert len(queries.of_household(house.id)) == 2
    with pytest.raises(Refusal) as said, db.write():
        actions.correct_visit(queries.get(visit), nobody(house_of(child)), by=director.actor())
    assert said.value.code is VisitRefusal.corrected_already


def test_a_correction_from_an_old_page_is_refused_with_what_was_typed(
    app: Flask, director: Person
) -> None:
    child = kids.household_child(director)
    visit = visited(child, director)
    mine, other = at(app, director), at(app, director)
    page = f"/visits/{visit}/correct"
    mine.get(page)
    other.send(page, **SEEN, words="第二次写")
    answer = mine.send(page, fresh=False, **SEEN, words="第三次写")
    assert answer.status_code == 422
    assert "您打开以后，有人改过这里" in mine.words
    assert "第三次写" in mine.text
    with db.write():
        old, told = queries.get(visit), well(house_of(child))
        with pytest.raises(Stale):
            actions.correct_visit(old, told, by=director.actor(), version=1)


def test_a_corrected_report_is_not_opened_twice_and_never_dropped(
    app: Flask, director: Person
) -> None:
    child = kids.household_child(director)
    visit = visited(child, director, Noticed.violence)
    for noticed in ((Noticed.neglect,), ()):
        with db.write():
            home = house_of(child)
            told = well(home, *noticed)
            newest = queries.of_household(home.id)[0] if visit is None else queries.get(visit)
            made = actions.correct_visit(newest, told, by=director.actor())
            db.session.flush()
            visit = made.id
    assert (count(Report), level_of(child)) == (1, RiskLevel.red)


BAD = [
    ({"outcome": ""}, "请选一个"),
    ({"doing": ""}, "见到人时请选择一项"),
    ({"contact": ""}, "见到人时请选择一项"),
    ({"on_day": "2999-01-01"}, "这一天还没有到"),
    ({"on_day": "2001-01-01"}, "这一天在一年多以前"),
    ({"on_day": "昨天"}, "日期"),
    ({"doing": "brilliant", "noticed": "nothing of ours"}, "项"),
    ({"words": "长" * 501}, "500"),
]


@pytest.mark.parametrize(("over", "said"), BAD)
def test_bad_input_is_named_beside_its_field_and_kept(
    app: Flask, director: Person, over: dict[str, str], said: str
) -> None:
    child = kids.household_child(director)
    mine = at(app, director)
    page = f"/visits/houses/{home_id(child)}/new"
    answer = mine.send(page, **SEEN | {"words": "奶奶身体好"} | over)
    assert answer.status_code == 422
    assert said in mine.words
    assert over.get("words", "奶奶身体好") in mine.text
    assert count(Visit) == 0


def test_the_same_form_twice_is_one_visit(app: Flask, director: Person) -> None:
    child = kids.household_child(director)
    mine = at(app, director)
    page = f"/visits/houses/{home_id(child)}/new"
    mine.send(page, **SEEN, once="k" * 24)
    mine.send(page, **SEEN, once="k" * 24)
    assert count(Visit) == 1


def test_another_townships_house_is_not_there(app: Flask, director: Person) -> None:
    far = kids.director(people.FAR_VILLAGE)
    child = kids.household_child(far, code=people.FAR_VILLAGE)
    mine = at(app, director)
    visit = visited(child, far)
    for page in (
        f"/visits/houses/{home_id(child)}",
        f"/visits/houses/{home_id(child)}/new",
        f"/visits/{visit}/correct",
    ):
        assert mine.get(page).status_code == 404
    assert mine.send(f"/visits/houses/{home_id(child)}/new", **SEEN).status_code == 404


def test_a_successor_reads_no_findings_that_show_who_reported(
    app: Flask, director: Person, township: Person
) -> None:
    child = kids.household_child(director)
    visited(child, director, Noticed.violence, words="手臂有伤")
    page = f"/visits/houses/{home_id(child)}"
    for who, reads in ((director, True), (kids.director(), False), (township, True)):
        theirs = at(app, who)
        theirs.get(page)
        assert ("手臂有伤" in theirs.words, "殴打" in theirs.words) == (reads, reads)
        correct = f"/visits/{_only()}/correct"
        assert (theirs.get(correct).status_code == 200) == reads


def _only() -> int:
    with db.read():
        return db.session.scalars(select(Visit.id)).one()


def test_the_walking_list_begins_with_what_is_overdue(app: Flask, director: Person) -> None:
    with clock.moved_to(clock.now() - timedelta(days=30)):
        late = kids.household_child(director, name="示晚来")
    kids.household_child(director, name="示新来")
    gone = kids.household_child(director, name="示远去")
    with db.write():
        home = house_of(gone)
        moved = nobody(home)
        told = type(moved)(said=type(moved.said)(HomeFound.moved), on_day=moved.on_day)
        actions.record_visit(home, told, by=director.actor())
    mine = at(app, director)
    mine.get("/visits")
    assert "1 户超期未走访" in mine.words
    assert mine.words.index("示晚来") < mine.words.index("示新来") < mine.words.index("示远去")
    assert "据报已搬走" in mine.words
    assert 'href="tel:' in mine.text
    mine.send(f"/visits/houses/{home_id(late)}/new", **SEEN)
    assert "走访已保存" in mine.words
    assert "超期未走访" not in mine.words


def test_pages_of_visits_in_english(app: Flask, director: Person, township: Person) -> None:
    child = kids.household_child(director, risk=RiskLevel.blue)
    visited(child, director, Noticed.money_short, proposed=RiskLevel.green)
    mine, theirs = at(app, director).english(), at(app, township).english()
    house = f"/visits/houses/{home_id(child)}"
    for browser, page, words in (
        (mine, "/visits", "How often houses are visited"),
        (mine, f"{house}/new", "Whom did you find?"),
        (mine, house, "Not enough to live on"),
        (theirs, "/visits", "By village"),
    ):
        browser.get(page)
        assert words in browser.words


def test_a_closed_file_leaves_the_list_and_takes_no_visit(app: Flask, director: Person) -> None:
    child = kids.household_child(director)
    with db.write():
        ledger.close_child(children.get(child), CloseReason.turned_18, by=director.actor())
    mine = at(app, director)
    mine.get("/visits")
    assert "本村没有在册的孩子" in mine.words
    mine.send(f"/visits/houses/{home_id(child)}/new", **SEEN)
    assert "这一家已没有在册的档案" in mine.words


def test_the_file_tells_of_visits_and_levels(app: Flask, director: Person) -> None:
    child = kids.household_child(director)
    visited(child, director, Noticed.untreated)
    mine = at(app, director)
    mine.get(f"/children/{child}")
    assert "入户走访：见到人" in mine.words
    assert "风险等级改为：黄色" in mine.words
    assert "下次走访不晚于" in mine.words
    assert count(RiskMove) == 1
