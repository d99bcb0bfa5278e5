"""Screening house by house: what counts, in which order one walks, and who reads what.

Seen to fail: a later "moved away" that undid a house where somebody was met, a house that did not
get the number it was given.
"""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from jiedui.access.rules import Role
from jiedui.care.actions import screening as actions
from jiedui.care.models.screening import ScreeningMark
from jiedui.care.queries import screening as queries
from jiedui.care.queries.reviews import Visited, said_of
from jiedui.care.rules.quarters import quarter_of
from jiedui.care.rules.screening import (
    Screened,
    ScreeningRefusal,
    arranged,
    renumbered,
    standing,
)
from jiedui.care.rules.visits import HomeFound
from jiedui.core import clock, db
from jiedui.core.errors import Refusal, Stale
from tests import people
from tests.builders import children as kids
from tests.builders.visits import house_of, visited
from tests.client import Browser
from tests.people import Person

FOUND = st.lists(st.sampled_from(HomeFound), max_size=4)


@given(FOUND, FOUND)
def test_somebody_met_once_counts_whatever_came_later(
    marks: list[HomeFound], visits: list[HomeFound]
) -> None:
    stands, found = standing(marks, visits), {*marks, *visits}
    assert (stands is Screened.seen) == (HomeFound.seen in found)
    assert (stands is Screened.not_yet) == (not found)
    assert standing(list(reversed(marks)), visits) is stands


@given(st.permutations(range(7)), st.lists(st.integers(0, 12), unique=True, max_size=7))
def test_a_kept_order_loses_no_house_and_invents_none(houses: list[int], order: list[int]) -> None:
    walk = arranged(houses, order)
    assert sorted(walk) == sorted(houses)
    known = [house for house in order if house in houses]
    assert walk[: len(known)] == known


@given(st.integers(1, 9), st.data())
def test_a_house_that_is_given_a_number_stands_there(many: int, data: st.DataObject) -> None:
    houses = list(range(100, 100 + many))
    assert renumbered(houses, list(range(1, many + 1))) == houses
    which, to = data.draw(st.integers(0, many - 1)), data.draw(st.integers(1, many))
    numbers = list(range(1, many + 1))
    numbers[which] = to
    walk = renumbered(houses, numbers)
    assert sorted(walk) == houses
    assert walk.index(houses[which]) in (to - 1, to - 2, which)
    if to - 1 < which:
        assert walk[to - 1] == houses[which]


@pytest.fixture
def director(app: Flask) -> Person:
    """The village's director."""
    return kids.director()


def at(app: Flask, person: Person) -> Browser:
    """Somebody's device after signing in."""
    device = Browser(app)
    device.sign_in(person.phone)
    return device


def village(code: str = people.VILLAGE) -> int:
    """A village's number."""
    with db.read():
        return people.region(code).id


def states() -> dict[str, int]:
    """How many houses of the first village stand how."""
    with db.read():
        lines = queries.progress(people.region(people.VILLAGE).path)
        return {state.value: many for state, many in lines[0].houses.items()}


def test_three_buttons_a_house_and_a_visit_counts_by_itself(app: Flask, director: Person) -> None:
    first, second, third = (kids.household_child(director) for _ in range(3))
    mine = at(app, director)
    mine.get("/screening")
    assert "已查 0 户，共 3 户" in mine.words
    page = f"/screening/villages/{village()}"
    with db.read():
        homes = [house_of(child).id for child in (first, second, third)]
    mine.press(page, f"/screening/houses/{homes[0]}", outcome="nobody_home")
    mine.press(page, f"/screening/houses/{homes[1]}", outcome="moved")
    visited(third, director)
    mine.get(page)
    assert "已查 3 户，共 3 户" in mine.words
    assert states() == {"nobody_home": 1, "moved": 1, "seen": 1}
    mine.press(page, f"/screening/houses/{homes[1]}", outcome="seen")
    assert states() == {"nobody_home": 1, "seen": 2}
    mine.press(page, f"/screening/houses/{homes[0]}", outcome="on fire")
    assert states() == {"nobody_home": 1, "seen": 2}


def test_the_quarterly_review_hears_of_visits_and_of_screening(
    app: Flask, director: Person
) -> None:
    seen, marked, gone, both = (kids.household_child(director) for _ in range(4))
    visited(seen, director)
    with db.write():
        by = director.actor()
        actions.mark_house(house_of(marked), HomeFound.seen, by=by)
        actions.mark_house(house_of(gone), HomeFound.moved, by=by)
        actions.mark_house(house_of(both), HomeFound.seen, by=by)
        actions.mark_house(house_of(both), HomeFound.moved, by=by)
    with db.read():
        homes = {child: house_of(child).id for child in (seen, marked, gone, both)}
        quarter = quarter_of(clock.today())
        told = said_of(Visited.seen, quarter, homes.values())
        assert told == {homes[seen], homes[marked], homes[both]}
        assert said_of(Visited.moved, quarter, homes.values()) == {homes[gone]}
        assert said_of(Visited.seen, quarter.before, homes.values()) == set()


def test_a_grid_worker_marks_and_reads_no_file(app: Flask, director: Person) -> None:
    child = kids.household_child(director, name="示晚霞", address="河边三组七号")
    grid = people.appoint(Role.grid_worker, people.VILLAGE)
    theirs = at(app, grid)
    theirs.get("/screening")
    with db.read():
        home = house_of(child)
        number, carer = home.id, next(g for g in home.guardians if g.is_carer)
        secrets = ("示晚霞", "河边三组七号", carer.name, carer.phone or "-")
    for secret in secrets:
        assert secret not in theirs.text
    assert "示＊" in theirs.words
    page = f"/screening/villages/{village()}"
    theirs.press(page, f"/screening/houses/{number}", outcome="seen")
    assert states() == {"seen": 1}
    with db.read():
        mark = db.session.scalars(select(ScreeningMark)).one()
        assert mark.by_account == grid.account_id
    for closed in (f"/visits/houses/{number}", f"{page}/paper", f"{page}/order", "/visits"):
        assert theirs.get(closed).status_code == 404


def test_another_townships_village_is_not_there(app: Flask, director: Person) -> None:
    far = kids.household_child(kids.director(people.FAR_VILLAGE), code=people.FAR_VILLAGE)
    mine = at(app, director)
    with db.read():
        number = house_of(far).id
    page = f"/screening/villages/{village(people.FAR_VILLAGE)}"
    for path in (page, f"{page}/paper", f"{page}/order"):
        assert mine.get(path).status_code == 404
    kids.household_child(director)
    own = f"/screening/villages/{village()}"
    mine.get(own)
    assert mine.send(f"/screening/houses/{number}", fresh=False, outcome="seen").status_code == 404
    assert mine.send(f"{page}/others", fresh=False, houses="3").status_code == 404


def test_villages_without_any_screening_stand_first(app: Flask, director: Person) -> None:
    kids.household_child(director)
    kids.household_child(kids.director(people.NEXT_VILLAGE), code=people.NEXT_VILLAGE)
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    theirs = at(app, township)
    theirs.get("/screening")
    assert "3 个村（居）本季度还没有排查" in theirs.words
    mine = at(app, director)
    page = f"/screening/villages/{village()}"
    mine.press(page, f"{page}/others", houses="41")
    assert "户数已保存" in mine.words
    theirs.get("/screening")
    assert "2 个村（居）本季度还没有排查" in theirs.words
    assert theirs.words.index("下村") < theirs.words.index("上村 ")


NUMBERS = [("", "这里要填"), ("-1", "0 到 5000"), ("many", "1 处需要改"), ("9999", "0 到 5000")]


@pytest.mark.parametrize(("typed", "said"), NUMBERS)
def test_a_number_that_cannot_be_is_named(
    app: Flask, director: Person, typed: str, said: str
) -> None:
    mine = at(app, director)
    page = f"/screening/villages/{village()}"
    answer = mine.press(page, f"{page}/others", houses=typed)
    assert answer.status_code == 422
    assert said in mine.words


def test_a_number_from_an_old_page_is_refused(app: Flask, director: Person) -> None:
    mine, other = at(app, director), at(app, director)
    page = f"/screening/villages/{village()}"
    mine.get(page)
    other.press(page, f"{page}/others", houses="4")
    answer = mine.send(f"{page}/others", fresh=False, houses="5")
    assert answer.status_code == 422
    assert "您打开以后，有人改过这里" in mine.words
    with db.write():
        place = people.region(people.VILLAGE)
        with pytest.raises(Stale):
            actions.count_others(place, 6, by=director.actor(), version=0)
        with pytest.raises(Refusal):
            actions.count_others(place, -1, by=director.actor())


def test_houses_are_walked_in_the_order_a_director_gives(app: Flask, director: Person) -> None:
    names = ("示河东", "示河西", "示山上")
    made = [kids.household_child(director, name=name) for name in names]
    with db.read():
        homes = [str(house_of(child).id) for child in made]
    mine = at(app, director)
    page = f"/screening/villages/{village()}"
    mine.send(f"{page}/order", homes=homes, places=["1", "2", "1"])
    assert "顺序已保存" in mine.words
    for listed in (page, "/visits"):
        mine.get(listed)
        assert mine.words.index("示山上") < mine.words.index("示河东") < mine.words.index("示河西")
    assert mine.send(f"{page}/order", homes=homes, places=["1", "x", "3"]).status_code == 422
    assert "请填整数" in mine.words
    assert mine.send(f"{page}/order", homes=homes[:2], places=["1", "2"]).status_code == 422
    with db.write():
        place = people.region(people.VILLAGE)
        with pytest.raises(Refusal) as said:
            actions.arrange(place, [1, 2], by=director.actor())
        assert said.value.code is ScreeningRefusal.other_houses


def test_the_paper_form_holds_known_houses_and_empty_rows(app: Flask, director: Person) -> None:
    kids.household_child(director, name="示晚霞")
    mine = at(app, director)
    mine.get(f"/screening/villages/{village()}/paper")
    assert "示晚霞" in mine.words
    assert "排查摸底表" in mine.words
    assert mine.text.count("<tr>") > 14


def test_the_desk_counts_houses_to_screen_and_pages_speak_english(
    app: Flask, director: Person
) -> None:
    kids.household_child(director)
    grid = people.appoint(Role.grid_worker, people.VILLAGE)
    for person in (director, grid):
        theirs = at(app, person)
        theirs.get("/desk")
        assert "入户排查" in theirs.words
    page = f"/screening/villages/{village()}"
    mine = at(app, director).english()
    for path, words in (
        (page, "Houses without such a child"),
        (f"{page}/order", "Keep the order"),
        (f"{page}/paper", "Children who are not on file yet"),
    ):
        mine.get(path)
        assert words in mine.words
