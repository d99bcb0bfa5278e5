"""Support of a child over HTTP: who is told, who applies, what is decided, and what the file says.

Made to catch: a second of the three allowances, a grant before the application, a director who
grants, a stale page that decides, a parent who is back and is not listed, a list beyond one's
village, a file whose supports do not follow a change.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from jiedui.access.rules import Office, Role
from jiedui.care.actions import support as actions
from jiedui.care.actions.support import Decision
from jiedui.care.models import SupportCase
from jiedui.care.queries import support
from jiedui.care.rules.support import (
    EndedWhy,
    Mark,
    RefusedWhy,
    Support,
    SupportState,
    Task,
    first_of_next_month,
    newest_rule,
    task_of,
)
from jiedui.children import actions as children
from jiedui.children import queries as ledger
from jiedui.children.rules import Category, CloseReason, Known, Relation, SchoolStage, Unable
from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal, Stale
from tests import people
from tests.builders import children as kids
from tests.builders import national
from tests.client import Browser
from tests.people import Person

ORPHAN = (
    kids.father(away=False, unable=Unable.dead),
    kids.father(relation=Relation.mother, away=False, unable=Unable.dead),
    kids.grandmother(is_guardian=True),
)


def orphan(by: Person | None = None, **over: object) -> int:
    """A child whose parents are dead, with a grandmother."""
    dead = {"is_guardian": False, "is_carer": False, "phone": None}
    family = (replace(ORPHAN[0], **dead), replace(ORPHAN[1], **dead), ORPHAN[2])
    return kids.household_child(by, guardians=family, **over)


def case(child: int, code: Support) -> SupportCase:
    """A child's support as it stands (in a transaction of its own)."""
    with db.read():
        found = support.support_case(support.cases_of(child)[code].id)
        db.session.expunge_all()
        return found


def grant(child: int, code: Support, by: Person, **over: object) -> None:
    """Applied for and granted."""
    with db.write():
        one, who = support.cases_of(child)[code], by.actor()
        actions.mark([one], Mark.applied, clock.today(), by=who)
        said = Decision(SupportState.granted, clock.today(), **over)  # type: ignore[arg-type]
        actions.decide(one, said, by=who)


@pytest.fixture
def township() -> Person:
    """The township's supervisor."""
    return people.appoint(Role.township_supervisor, people.TOWNSHIP)


def at(app: Flask, person: Person) -> Browser:
    """Somebody's device after signing in."""
    device = Browser(app)
    device.sign_in(person.phone)
    return device


def marks(device: Browser, page: str, **fields: object) -> TestResponse:
    """Tick lines of a list and press a button below it."""
    device.get(page)
    action = re.search(r'action="(/support/mark[^"]*)"', device.text)
    assert action is not None, device.words
    return device.press(page, html.unescape(action.group(1)), **fields)


def test_an_orphan_is_listed_told_applied_for_and_granted(app: Flask, township: Person) -> None:
    director = kids.director()
    child = orphan(director)
    mine = at(app, director)
    mine.get("/desk")
    assert "符合条件但未申请的保障" in mine.words
    mine.get("/support")
    assert "孤儿基本生活费" in mine.words
    assert "依据：父母双方死亡或失踪, 未满18岁" in mine.words.replace("，", ", ").replace(
        "、", ", "
    )
    one = case(child, Support.orphan_allowance)
    tick = f"{one.id}-{one.version}"
    told = marks(mine, "/support", cases=[tick], act="told", on=str(clock.today()))
    assert told.status_code == 200
    assert "已登记1条" in mine.words
    one = case(child, Support.orphan_allowance)
    marks(mine, "/support", cases=[f"{one.id}-{one.version}"], act="applied", on=str(clock.today()))
    one = case(child, Support.orphan_allowance)
    assert (one.state, one.applied_on, one.due) == (SupportState.applied, clock.today(), None)
    office = at(app, township)
    office.get("/support?task=decision")
    assert f"/support/{one.id}" in office.text
    answer = office.send(
        f"/support/{one.id}/decide", state="granted", on=str(clock.today()), amount="1,250.50"
    )
    assert answer.status_code == 200, office.words
    one = case(child, Support.orphan_allowance)
    assert (one.state, one.amount_fen) == (SupportState.granted, 125_050)
    assert one.granted_from == first_of_next_month(clock.today())
    assert [step.new.value for step in one.steps] == ["told", "applied", "granted"]
    assert "1,250.50元" in office.words
    mine.get(f"/children/{child}")
    assert "孤儿基本生活费：已享受" in mine.words
    assert "孤儿基本生活费：已告知家庭" in mine.words


def test_english_pages_say_why(app: Flask) -> None:
    director = kids.director()
    child = orphan(director, school_stage=SchoolStage.primary_3)
    mine = at(app, director).english()
    mine.get(f"/children/{child}")
    assert "Orphan&#39;s living allowance" in mine.text
    assert "Because: both parents dead or missing, younger than 18" in mine.words
    assert "Comes by itself" in mine.words
    assert "Not known yet: what the household lives on" in mine.words
    mine.get("/support")
    assert "These children may have it by law" in mine.words
    one = case(child, Support.orphan_allowance)
    mine.get(f"/support/{one.id}")
    assert "国办发〔2010〕54号" in mine.words
    assert "Every step" in mine.words
    with_days = case(orphan(director, categories=frozenset({Category.disabled})), Support.check_up)
    mine.get(f"/support/{with_days.id}")
    assert "Done on this day" in mine.words


def test_a_parent_who_is_back_puts_the_grant_on_the_list(app: Flask, township: Person) -> None:
    director = kids.director()
    child = orphan(director)
    grant(child, Support.orphan_allowance, township)
    assert case(child, Support.orphan_allowance).answer is Known.yes
    with db.write():
        home = ledger.get(child).household
        mother = next(g for g in home.guardians if g.relation is Relation.mother)
        said = kids.father(relation=Relation.mother, away=False, unable=None, is_carer=True)
        children.change_guardian(mother, said, by=director.actor())
    one = case(child, Support.orphan_allowance)
    assert (one.state, one.answer) == (SupportState.granted, Known.no)
    office = at(app, township)
    office.get("/desk")
    assert "与档案不符的保障" in office.words
    office.get("/support?task=doubt")
    assert "目前不符合：不是孤儿" in office.words
    office.send(f"/support/{one.id}/decide", state="ended", on=str(clock.today()),
                ended_why="parent able")  # fmt: skip
    one = case(child, Support.orphan_allowance)
    assert (one.state, one.ended_why) == (SupportState.ended, EndedWhy.parent_able)
    office.get("/support?task=doubt")
    assert f"/support/{one.id}" not in office.text


def test_a_birthday_brings_a_grant_onto_the_list(app: Flask, township: Person) -> None:
    child = orphan(birth_date=clock.today() - timedelta(days=17 * 365 + 300),
                   school_stage=SchoolStage.out_of_school)  # fmt: skip
    grant(child, Support.orphan_allowance, township)
    with clock.moved_to(clock.now() + timedelta(days=120)):
        with db.write():
            county = people.region(people.COUNTY).id
            jobs.ask("care.support", by=SYSTEM, county_id=county, county=county)
        jobs.work_off()
        assert case(child, Support.orphan_allowance).answer is Known.no


def test_what_children_of_a_sheet_may_claim_is_listed_as_soon_as_it_is_taken_over(
    app: Flask, township: Person
) -> None:
    director = kids.director()
    one = national.row(categories="孤儿", father__unable="死亡", mother__unable="死亡")
    data = national.workbook([one], (*national.FIELDS, "mother.unable"))
    sheet = national.uploaded([one], national.officer(), data)
    national.take(sheet, national.officer())
    with db.read():
        load = support.load(director.actor())
    assert load[Task.claim].count == 1


def test_a_closed_file_keeps_its_grants_and_has_them_looked_at(
    app: Flask, township: Person
) -> None:
    director = kids.director()
    child = orphan(director)
    grant(child, Support.orphan_allowance, township)
    with db.write():
        children.close_child(ledger.get(child), CloseReason.moved_away, by=director.actor())
    with db.read():
        load = support.load(township.actor())
    assert set(load) == {Task.doubt}
    with db.write():
        children.reopen_child(ledger.get(child), by=director.actor())
    assert case(child, Support.orphan_allowance).answer is Known.yes


def test_what_the_file_says_counts_as_granted_until_confirmed(app: Flask, township: Person) -> None:
    director = kids.director()
    child = kids.household_child(director, categories=frozenset({Category.minimum_allowance}))
    one = case(child, Support.minimum_allowance)
    assert (one.state, one.reported, one.granted_from) == (
        SupportState.granted, True, clock.today(),
    )  # fmt: skip
    mine = at(app, director)
    mine.get("/support?task=reported")
    assert "低保" in mine.words
    tick = f"{one.id}-{one.version}"
    refused = marks(mine, "/support?task=reported", cases=[tick], act="done", on=str(clock.today()))
    assert refused.status_code == 422
    assert "这一步由乡镇或民政登记" in mine.words
    office = at(app, township)
    marks(office, "/support?task=reported", cases=[tick], act="done", on=str(clock.today()))
    one = case(child, Support.minimum_allowance)
    assert not one.reported
    assert one.due is not None
    assert one.due > clock.today() + timedelta(days=360)
    with db.write():
        kid = ledger.get(child)
        change = children.ChildChange(
            kid.name, kid.birth_date, kid.sex, kid.village, kid.school_stage, kid.boarding,
            kid.risk, frozenset({Category.left_behind}),
        )  # fmt: skip
        children.change_child(kid, change, by=director.actor())
    assert case(child, Support.minimum_allowance).answer is Known.unknown


def test_a_check_up_is_due_again_after_a_year(app: Flask) -> None:
    director = kids.director()
    child = kids.household_child(director)
    one = case(child, Support.check_up)
    mine = at(app, director)
    marks(mine, "/support?task=due", cases=[f"{one.id}-{one.version}"], act="done",
              on=str(clock.today()))  # fmt: skip
    with db.read():
        assert Task.due not in support.load(director.actor())
    with clock.moved_to(clock.now() + timedelta(days=370)), db.read():
        assert support.load(director.actor())[Task.due].count == 1


def test_a_destitution_decision_has_its_last_day_by_law(app: Flask, township: Person) -> None:
    """特困办法 arts. 13-16: 15 and 15 working days and seven of notice."""
    hurt = kids.father(away=False, unable=Unable.serious_illness, is_guardian=False)
    family = (replace(hurt, is_carer=False), kids.grandmother(is_guardian=True))
    child = kids.household_child(guardians=family, categories=frozenset({Category.other_hardship}))
    with db.write():
        by = township.actor()
        one = actions.open_case(ledger.get(child), Support.destitution_support, by=by)
        assert one.answer is Known.unknown
        actions.mark([one], Mark.applied, clock.today(), by=by)
        last = clock.working_days_after(clock.today(), 30) + timedelta(days=7)
        assert one.due == last
    with clock.moved_to(clock.at(last + timedelta(days=2), 9)):
        office = at(app, township)
        office.get("/desk")
        assert "等待批复的保障申请" in office.words
        assert "超期 2 天" in office.words


def test_a_child_has_one_of_the_three_allowances(app: Flask, township: Person) -> None:
    child = orphan()
    grant(child, Support.orphan_allowance, township)
    with db.write():
        by = township.actor()
        other = actions.open_case(ledger.get(child), Support.destitution_support, by=by)
        actions.mark([other], Mark.applied, clock.today(), by=by)
    said = Decision(SupportState.granted, clock.today())
    with pytest.raises(Refusal), db.write():
        actions.decide(support.support_case(other.id), said, by=township.actor())
    second = update(SupportCase).where(SupportCase.id == other.id)
    second = second.values(state="granted", granted_from=clock.today())
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(second)


def test_two_at_once_the_older_page_is_shown_both(app: Flask, township: Person) -> None:
    child = orphan()
    with db.write():
        one = support.cases_of(child)[Support.orphan_allowance]
        actions.mark([one], Mark.applied, clock.today(), by=township.actor())
    office, civil = at(app, township), people.appoint(Role.coordinator, office=Office.civil_affairs)
    path = f"/support/{one.id}/decide"
    office.get(path)
    fields = {"state": "refused", "on": str(clock.today()), "refused_why": "income"}
    bureau = at(app, civil)
    granted = {"state": "granted", "on": str(clock.today()), "amount": "900"}
    assert bureau.send(path, **granted).status_code == 200
    late = office.send(path, fresh=False, **fields)
    assert late.status_code in (409, 422)
    assert "您打开以后，有人改过这里" in office.words
    assert case(child, Support.orphan_allowance).state is SupportState.granted
    ticked = office.send("/support/mark", fresh=False, cases=[f"{one.id}-1"], act="told")
    assert ticked.status_code in (200, 422)
    assert case(child, Support.orphan_allowance).state is SupportState.granted


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "请选一个"),
        ({"state": "eligible"}, ""),
        ({"state": "told"}, ""),
        ({"state": "refused"}, "请选择原因"),
        ({"state": "ended"}, "请选择原因"),
        ({"state": "granted", "amount": "-5"}, "0到"),
        ({"state": "granted", "amount": "NaN"}, "1240.50"),
        ({"state": "granted", "amount": "1e400"}, ""),
        ({"state": "granted", "amount": "12.345"}, "1240.50"),
        ({"state": "granted", "on": "2999-01-01"}, "还没有到"),
        ({"state": "granted", "on": "yesterday"}, ""),
        ({"state": "granted", "on": "2001-01-01"}, "早于申请日期"),
        ({"state": "granted", "starts": "1999-01-01"}, "没有可执行的政策"),
    ],
)
def test_bad_decisions_are_told_and_change_nothing(
    app: Flask, township: Person, fields: dict[str, str], says: str
) -> None:
    child = orphan()
    with db.write():
        one = support.cases_of(child)[Support.orphan_allowance]
        actions.mark([one], Mark.applied, clock.today(), by=township.actor())
    office = at(app, township)
    sent = {"on": str(clock.today())} | fields
    assert office.send(f"/support/{one.id}/decide", **sent).status_code == 422
    assert says in office.words
    assert case(child, Support.orphan_allowance).state is SupportState.applied


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "还没有勾选"),
        ({"cases": ["x-y", "9999999-1"]}, "还没有勾选"),
        ({"cases": ["²-1"]}, "还没有勾选"),
        ({"cases": ["CASE"], "on": "2999-01-01"}, "还没有到"),
        ({"cases": ["CASE"], "on": ""}, ""),
        ({"cases": ["CASE"], "act": "done"}, "先由家庭申请"),
    ],
)
def test_bad_marks_are_told_and_change_nothing(
    app: Flask, fields: dict[str, object], says: str
) -> None:
    director = kids.director()
    child = orphan(director)
    one = case(child, Support.orphan_allowance)
    sent = {"on": str(clock.today()), "act": "told"} | fields
    if sent.get("cases") == ["CASE"]:
        sent["cases"] = [f"{one.id}-{one.version}"]
    mine = at(app, director)
    assert marks(mine, "/support", **sent).status_code == 422
    assert says in mine.words
    assert case(child, Support.orphan_allowance).state is SupportState.eligible


def test_nobody_marks_what_lies_in_another_village(app: Flask) -> None:
    child = orphan(kids.director(people.FAR_VILLAGE), code=people.FAR_VILLAGE)
    one = case(child, Support.orphan_allowance)
    director = kids.director()
    orphan(director)
    mine = at(app, director)
    marks(mine, "/support", cases=[f"{one.id}-{one.version}"], act="told", on=str(clock.today()))
    assert case(child, Support.orphan_allowance).state is SupportState.eligible
    mine.get(f"/support?region={one.county_id}")
    assert f"/support/{one.id}" not in mine.text


def test_refused_may_be_applied_for_again(app: Flask, township: Person) -> None:
    child = orphan()
    with db.write():
        one, by = support.cases_of(child)[Support.orphan_allowance], township.actor()
        actions.mark([one], Mark.applied, clock.today(), by=by)
        said = Decision(SupportState.refused, clock.today(), refused_why=RefusedWhy.papers)
        actions.decide(one, said, by=by)
        assert (one.due, one.refused_why) == (None, RefusedWhy.papers)
        actions.mark([one], Mark.applied, clock.today(), by=by)
        assert one.refused_why is None
    said = Decision(SupportState.ended, clock.today(), ended_why=EndedWhy.family_wish)
    with pytest.raises(Stale), db.write():
        actions.decide(support.support_case(one.id), said, by=township.actor(), version=1)


def test_a_wish_is_opened_from_the_file(app: Flask) -> None:
    director = kids.director()
    child = kids.household_child(director)
    mine = at(app, director)
    mine.press(f"/children/{child}", f"/children/{child}/support/boarding_place")
    assert "优先安排寄宿" in mine.words
    one = case(child, Support.boarding_place)
    assert (one.state, one.answer) == (SupportState.eligible, Known.yes)
    mine.get("/support")
    assert "优先安排寄宿" in mine.words
    nothing = mine.press(f"/children/{child}", f"/children/{child}/support/gold")
    assert nothing.status_code == 404


def test_lists_in_the_database_are_those_of_the_rule(app: Flask, township: Person) -> None:
    """task_now (SQL) and task_of (rule) agree about every row."""
    kids.household_child(categories=frozenset({Category.minimum_allowance, Category.disabled}))
    grant(orphan(), Support.orphan_allowance, township)
    child = orphan()
    with db.write():
        one, by = support.cases_of(child)[Support.orphan_allowance], township.actor()
        actions.mark([one], Mark.applied, clock.today(), by=by)
    gone = orphan()
    grant(gone, Support.orphan_allowance, township)
    with db.write():
        children.close_child(ledger.get(gone), CloseReason.moved_away, by=SYSTEM)
    found = set()
    for days in (0, 400):
        today = clock.today() + timedelta(days=days)
        with db.read():
            for one, task in db.session.execute(select(SupportCase, support.task_now(today))):
                kind = newest_rule(one.code).kind
                wanted = task_of(kind, one.state, one.answer, one.due, today, reported=one.reported)
                assert task == (wanted.value if wanted else None)
                found.add(task)
    assert found == {None, *(task.value for task in Task)}
