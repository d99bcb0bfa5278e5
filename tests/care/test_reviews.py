"""The quarterly review as townships do it: it opens by itself, files are confirmed alone or
together, changed, closed; the supervisor signs off, and then nothing moves it.

Made to catch: the job that opens a second review (open_review), a file that came later left out
(missing_children), a sign-off with open files (sign_fault), a confirmed file that changes after the
sign-off (of_review reading facts), the state in which a file was opened counted as a change.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.care.actions import reviews as actions
from jiedui.care.models import Review, ReviewFile
from jiedui.care.queries import reviews, standings
from jiedui.care.queries.reviews import Visited
from jiedui.care.rules.reviews import Answered, Proposal, ReviewState
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.rules import Category, ChildState, CloseReason
from jiedui.core import db, schema
from jiedui.desk.queries.lines import lines_for
from jiedui.desk.rules import Kind
from tests import people
from tests.builders import children as kids
from tests.builders import reviews as quarterly
from tests.builders.reviews import on
from tests.client import Browser
from tests.people import Person


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    """Until a test says otherwise it is a day in May: everybody has been there since then."""
    with on(2026, 5, 4):
        yield


def at(app: Flask, person: Person) -> Browser:
    """Somebody's device after signing in."""
    device = Browser(app)
    device.sign_in(person.phone)
    return device


@pytest.fixture
def director(app: Flask, spring: None) -> Person:
    """The first village's director."""
    return kids.director()


@pytest.fixture
def supervisor(app: Flask, spring: None) -> Person:
    """The first township's supervisor."""
    return people.appoint(Role.township_supervisor, people.TOWNSHIP, name="督例导")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Households that visits have seen in the quarter: a test puts them in."""
    homes: set[int] = set()

    def told(_first: date, _last: date, asked: Collection[int]) -> Collection[int]:
        return homes & set(asked)

    monkeypatch.setitem(reviews._tellers, Visited.seen, [told])
    return homes


def answers(code: str = people.TOWNSHIP) -> dict[int, Answered | None]:
    """How each file of the running quarter is answered, by child."""
    with db.read():
        rows = standings.of_review(quarterly.of_township(code))
        return {one.child.id: one.answer for one in rows}


def change(child_id: int, by: Person, **over: Any) -> None:
    """Somebody changes the facts of a file."""
    with db.write():
        child = children.get(child_id)
        if "village" in over:
            over["village"] = people.region(over["village"])
        facts = {
            "name": child.name, "birth_date": child.birth_date, "sex": child.sex,
            "village": child.village, "school_stage": child.school_stage,
            "boarding": not child.boarding, "risk": child.risk,
            "categories": child.said_categories,
        }  # fmt: skip
        ledger.change_child(child, ledger.ChildChange(**(facts | over)), by=by.actor())


def test_on_the_first_morning_every_township_has_a_review_with_every_open_file(
    director: Person,
) -> None:
    far = kids.director(people.FAR_VILLAGE)
    here = [kids.household_child(director), kids.household_child(director)]
    there = kids.household_child(far, code=people.FAR_VILLAGE)
    gone = kids.household_child(director)
    with db.write():
        ledger.close_child(children.get(gone), CloseReason.moved_away, by=director.actor())
    with on(2026, 7, 1, 1):
        quarterly.morning()
        assert answers() == dict.fromkeys(here)
        assert answers(people.OTHER_TOWNSHIP) == {there: None}


def test_the_calendar_makes_one_review_and_makes_up_for_a_missed_morning(director: Person) -> None:
    first = kids.household_child(director)
    with on(2026, 7, 20):
        quarterly.morning()
        quarterly.morning()
        later = kids.household_child(director)
    with on(2026, 7, 21):
        quarterly.morning()
        assert set(answers()) == {first, later}
    with db.read():
        found = select(Review).where(Review.township_id == people.region(people.TOWNSHIP).id)
        assert [one.quarter.key for one in db.session.scalars(found)] == ["2026-3"]


def test_a_director_confirms_files_of_the_own_village_and_of_no_other(
    app: Flask, director: Person
) -> None:
    other = kids.director(people.NEXT_VILLAGE)
    child = kids.household_child(director, name="示云霁")
    theirs = kids.household_child(other, code=people.NEXT_VILLAGE, name="示露珠")
    with on(2026, 7, 6):
        quarterly.morning()
        mine = at(app, director)
        mine.get("/reviews")
        assert "示云霁" in mine.words
        assert "示露珠" not in mine.words
        page = f"/reviews/files/{quarterly.file_of(child)}"
        mine.send(page)
        assert "档案已确认" in mine.words
        assert answers() == {child: Answered.confirmed, theirs: None}
        assert mine.get(f"/reviews/files/{quarterly.file_of(theirs)}").status_code == 404
        assert mine.send(page).status_code == 422
        assert "这份档案已经复核过" in mine.words


def test_unchanged_files_of_families_that_were_seen_are_confirmed_in_one_act(
    app: Flask, director: Person, seen: set[int]
) -> None:
    visited, sister = kids.household_child(director), kids.household_child(director)
    unseen, changed = kids.household_child(director), kids.household_child(director)
    with on(2026, 8, 3):
        quarterly.morning()
        new = kids.household_child(director)
        quarterly.morning()
        change(changed, director)
        with db.read():
            homes = {n: children.get(n).household_id for n in (visited, sister, changed)}
        seen.update(homes.values())
        mine = at(app, director)
        mine.get("/reviews")
        files = [quarterly.file_of(n) for n in (visited, sister, new)]
        assert [f'name="file" value="{n}"' in mine.text for n in files] == [True] * 3
        ticked = set(re.findall(r'name="file" value="(\d+)"[^>]* checked', mine.text))
        assert ticked == {str(n) for n in files}
        found = re.search(r'action="(/reviews/\d+/villages/\d+)"', mine.text)
        path = found[1] if found else ""
        mine.send(path, file=[str(n) for n in (*files, quarterly.file_of(changed))])
        assert "已确认 3 份档案" in mine.words
        assert "有 1 份刚被改动或已复核" in mine.words
        assert answers() == {
            visited: Answered.confirmed, sister: Answered.confirmed, new: Answered.confirmed,
            unseen: None, changed: Answered.changed,
        }  # fmt: skip
        mine.send(path, file=str(quarterly.file_of(unseen)))
        assert "已确认 1 份档案" in mine.words
        with db.read():
            rows = db.session.query(ReviewFile).filter_by(answer=Answered.confirmed)
            assert {row.id for row in rows if row.at_once} == set(files)
        assert mine.send(path).status_code == 422
        assert "还没有勾选档案" in mine.words


def test_any_change_of_the_quarter_counts_and_the_page_leads_back(
    app: Flask, director: Person
) -> None:
    child = kids.household_child(director)
    change(child, director)
    with on(2026, 7, 6):
        quarterly.morning()
        assert answers() == {child: None}
        mine = at(app, director)
        page = f"/reviews/files/{quarterly.file_of(child)}"
        mine.get(page)
        assert f"/children/{child}/change?next={page.replace('/', '%2F')}" in mine.text or (
            f"/children/{child}/change?next={page}" in mine.text
        )
        with db.read():
            one = children.get(child)
            facts = {
                "name": one.name, "birth_date": one.birth_date.isoformat(), "sex": one.sex.value,
                "village": str(one.village_id), "categories": ["left_behind"],
                "school_stage": one.school_stage.value, "risk": "yellow",
            }  # fmt: skip
        mine.send(f"/children/{child}/change?next={page}", **facts)
        assert mine.page is not None
        assert mine.page.request.path == page
        assert "本季度有变更" in mine.words
        assert answers() == {child: Answered.changed}


def test_who_is_eighteen_cannot_be_confirmed_and_leaves_for_a_reason(
    app: Flask, director: Person
) -> None:
    child = kids.household_child(director, birth_date=date(2008, 7, 10))
    with on(2026, 7, 6):
        quarterly.morning()
    with on(2026, 8, 3):
        mine = at(app, director)
        page = f"/reviews/files/{quarterly.file_of(child)}"
        mine.get(page)
        assert "本季度末前满十八周岁：应当退出" in mine.words
        mine.send(page)
        assert "已年满十八周岁" in mine.words
        assert answers() == {child: None}
        mine.get(f"{page}/leave")
        assert 'value="turned_18" id="reason" checked' in mine.text
        assert mine.send(f"{page}/leave", reason="because").status_code == 422
        mine.send(f"{page}/leave", reason="turned_18")
        assert "已退出台账" in mine.words
        assert answers() == {child: Answered.closed}
        with db.read():
            assert children.get(child).close_reason is CloseReason.turned_18


def test_parents_who_came_back_are_proposed_and_somebody_decides(director: Person) -> None:
    mother = kids.father(relation=kids.Relation.mother, name="示秋月", away=False)
    child = kids.household_child(
        director, guardians=(kids.father(), mother, kids.grandmother()), categories=frozenset()
    )
    with on(2026, 7, 6):
        quarterly.morning()
        with db.write():
            father = next(g for g in children.get(child).household.guardians if g.away)
            ledger.change_guardian(father, kids.father(away=False), by=director.actor())
    with on(2026, 8, 3):
        with db.read():
            now = standings.of_review(quarterly.of_township())[0]
            assert now.child.living_categories == frozenset()
            assert now.proposals == (Proposal.parents_returned,)
            assert now.answer is None
        quarterly.confirm_all(director)
        assert answers() == {child: Answered.changed}


def test_likely_doubles_and_families_that_moved_are_proposed(
    director: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = kids.director(people.FAR_VILLAGE)
    birth = date(2017, 3, 3)
    one = kids.household_child(director, name="示双双", birth_date=birth)
    kids.household_child(far, code=people.FAR_VILLAGE, name="示双双", birth_date=birth,
                         another=True)  # fmt: skip
    kids.household_child(far, code=people.FAR_VILLAGE, name="示单单", birth_date=birth)
    moved = kids.household_child(director)
    with db.read():
        home = children.get(moved).household_id
    monkeypatch.setitem(reviews._tellers, Visited.moved, [lambda *_: {home}])
    with on(2026, 7, 6):
        quarterly.morning()
        with db.read():
            rows = standings.of_review(quarterly.of_township())
            assert {r.child.id: r.proposals for r in rows} == {
                one: (Proposal.double,),
                moved: (Proposal.moved_away,),
            }
            rows = standings.of_review(quarterly.of_township(people.OTHER_TOWNSHIP))
            assert [r.proposals for r in rows] == [(Proposal.double,), ()]


def test_a_file_that_goes_to_another_township_is_looked_at_there(supervisor: Person) -> None:
    county = people.appoint(Role.township_supervisor, people.COUNTY)
    child = kids.household_child(supervisor)
    with on(2026, 7, 6):
        quarterly.morning()
        change(child, county, village=people.FAR_VILLAGE)
        quarterly.morning()
        assert answers() == {child: Answered.passed_on}
        assert answers(people.OTHER_TOWNSHIP) == {child: Answered.changed}


def test_a_sign_off_waits_for_every_file_and_names_what_is_missing(
    app: Flask, director: Person, supervisor: Person
) -> None:
    child, other = kids.household_child(director), kids.household_child(director)
    with on(2026, 9, 25):
        quarterly.morning()
        desk = at(app, supervisor)
        page = f"/reviews/{quarterly.number()}/sign"
        desk.get("/reviews")
        assert "还有 2 份档案没有复核" in desk.words
        desk.send(f"/reviews/files/{quarterly.file_of(child)}")
        assert desk.send(page).status_code == 422
        assert f"还有 1 份档案没有复核：C-{other:04d}" in desk.words
        desk.send(f"/reviews/files/{quarterly.file_of(other)}")
        desk.send(page)
        assert "复核已签字" in desk.words
        assert "督例导已于2026年9月25日" in desk.words
        assert desk.send(page).status_code == 422
        assert "已签字，不再变动" in desk.words
        assert desk.send(f"/reviews/files/{quarterly.file_of(other)}").status_code == 422


def test_what_is_signed_off_is_not_moved_by_what_happens_later(
    app: Flask, director: Person, supervisor: Person
) -> None:
    kept, changed, closed = (kids.household_child(director) for _ in range(3))
    with on(2026, 9, 20):
        quarterly.morning()
        change(changed, director)
        with db.write():
            ledger.close_child(children.get(closed), CloseReason.adopted, by=director.actor())
        quarterly.confirm_all(director)
        review = quarterly.sign(supervisor)
        before = {kept: Answered.confirmed, changed: Answered.changed, closed: Answered.closed}
        assert answers() == before
        with db.read():
            figures = dict(reviews.get(review).figures or {})
            file = reviews.file(quarterly.file_of(closed))
            assert (file.close_reason, file.review_state) == (CloseReason.adopted, "signed")
    with on(2026, 9, 28):
        change(kept, director)
        with db.write():
            ledger.close_child(children.get(changed), CloseReason.died, by=director.actor())
            ledger.reopen_child(children.get(closed), by=director.actor())
        kids.household_child(director)
        quarterly.morning()
        assert answers() == before
        with db.read():
            assert reviews.get(review).figures == figures
            assert figures["on file"] == 2
    with on(2026, 9, 29):
        desk = at(app, supervisor)
        page = f"/reviews/{review}/correct"
        assert desk.send(page).status_code == 422
        desk.send(page, text="C-0001 应为变更")
        assert "C-0001 应为变更" in desk.words
        assert "2026年9月29日" in desk.words


def test_a_page_that_has_grown_old_is_refused(app: Flask, director: Person) -> None:
    child = kids.household_child(director, birth_date=date(2017, 1, 1), name="示前生")
    kids.household_child(director, birth_date=date(2017, 1, 1), name="示前生", another=True)
    with on(2026, 7, 6):
        quarterly.morning()
        mine = at(app, director)
        page = f"/reviews/files/{quarterly.file_of(child)}"
        mine.get(page)
        change(child, director, name="示后生")
        assert mine.send(page, fresh=False).status_code == 422
        assert "您打开以后，有人改过这里" in mine.words
        leave = f"{page}/leave"
        mine.get(leave)
        change(child, director, name="示前生")
        assert mine.send(leave, fresh=False, reason="adopted").status_code == 422
        with db.read():
            assert children.get(child).state is ChildState.open


def test_a_correction_is_only_for_what_is_signed(
    app: Flask, director: Person, supervisor: Person
) -> None:
    with on(2026, 7, 6):
        quarterly.morning()
        desk = at(app, supervisor)
        page = f"/reviews/{quarterly.number()}/correct"
        assert desk.send(page, text="太早").status_code == 422
        assert "签字以后才用更正说明" in desk.words


def test_everybody_has_a_line_for_what_waits(
    app: Flask, director: Person, supervisor: Person
) -> None:
    office = people.appoint(Role.coordinator, office=Office.civil_affairs)
    other = kids.director(people.NEXT_VILLAGE)
    for _ in range(3):
        kids.household_child(director)
    kids.household_child(other, code=people.NEXT_VILLAGE)
    with on(2026, 7, 6):
        quarterly.morning()
        for person, count in ((director, 3), (supervisor, 4)):
            desk = at(app, person)
            desk.get("/desk")
            assert "季度复核：确认档案" in desk.words
            with db.read():
                lines = [one for one in lines_for(person.actor()) if one.kind is Kind.review]
                assert [(one.count, one.due) for one in lines] == [(count, date(2026, 9, 30))]
        desk = at(app, office)
        desk.get("/desk")
        assert "季度复核尚未签字" not in desk.words
    with on(2026, 10, 2):
        quarterly.morning()
        desk = at(app, office)
        desk.get("/desk")
        assert "季度复核尚未签字" in desk.words
        desk.get("/reviews?quarter=2026-3")
        assert "超期：季度已结束" in desk.words
        english = at(app, office).english()
        english.get("/reviews?quarter=2026-3")
        assert "Overdue: the quarter has ended" in english.words
        assert "Quarter 3 of 2026" in english.words


def test_the_database_holds_what_must_never_be(
    either_app: Flask,
) -> None:
    director = kids.director()
    supervisor = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    child = kids.household_child(director)
    with on(2026, 7, 6):
        quarterly.morning()
    review, file = quarterly.number_of(child), quarterly.file_of(child)
    never = (
        f"UPDATE review SET state = 'signed' WHERE id = {review}",
        f"UPDATE review_file SET answer = 'confirmed' WHERE id = {file}",
        f"UPDATE review_file SET review_state = 'signed' WHERE id = {file}",
        f"UPDATE review_file SET answer = 'closed', answered_at = added_at WHERE id = {file}",
        "INSERT INTO review (county_id, township_id, year, number, state, opened_at, version)"
        " SELECT county_id, township_id, year, number, state, opened_at, 1 FROM review",
        "INSERT INTO review_file (county_id, review_id, review_state, child_id, village_id,"
        " added_at, at_once) SELECT county_id, review_id, review_state, child_id, village_id,"
        " added_at, at_once FROM review_file",
    )
    for statement in never:
        with pytest.raises(IntegrityError), db.write():
            db.session.execute(text(statement))
    with db.write():
        row = db.session.get_one(ReviewFile, file)
        with on(2026, 7, 6):
            actions.confirm(row, by=director.actor())
            actions.sign(row.review, by=supervisor.actor())
    with db.read():
        assert db.session.get_one(ReviewFile, file).review_state is ReviewState.signed
    clear = f"UPDATE review_file SET answer = NULL, answered_at = NULL WHERE id = {file}"
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(text(clear))


def test_a_category_that_somebody_said_keeps_a_file(director: Person) -> None:
    poor = kids.household_child(
        director, categories=frozenset({Category.minimum_allowance}), guardians=(
            kids.father(away=False, is_carer=True),
            kids.father(relation=kids.Relation.mother, name="示秋月", away=False),
        ),
    )  # fmt: skip
    with on(2026, 7, 6):
        quarterly.morning()
        with db.read():
            assert standings.of_review(quarterly.of_township())[0].proposals == ()
        assert answers() == {poor: None}


def test_going_down_forgets_reviews_and_leaves_the_files(either_app: Flask) -> None:
    director = kids.director()
    supervisor = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    child = kids.household_child(director)
    with on(2026, 7, 6):
        quarterly.morning()
        quarterly.confirm_all(director)
        review = quarterly.sign(supervisor)
        with db.write():
            actions.correct(reviews.get(review), "C-0001", by=supervisor.actor())
    url = db.database().url
    db.database().close()
    schema.downgrade(url, "0005")
    schema.upgrade(url)
    assert schema.differences(url) == []
    with db.read():
        assert db.session.query(Review).count() == 0
        assert len(children.past_states(children.get(child))) == 1
    with on(2026, 7, 7):
        quarterly.morning()
        assert answers() == {child: None}
