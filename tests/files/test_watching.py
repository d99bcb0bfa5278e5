"""Signs of risk: open arithmetic, a rise that somebody must answer, and March and September.

Seen to fail: a rise that was answered and is told again with the same sum; a sum that moves the
level by itself; a season that ends with the month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.care.rules.visits import FAILING, CaredBy, Contact, Doing, HomeFound, Noticed, Said
from jiedui.children import queries as children
from jiedui.children.rules import RiskLevel, above
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.files.actions import watching as actions
from jiedui.files.jobs import watch
from jiedui.files.queries import watching as find
from jiedui.files.rules.watching import (
    POINTS,
    Known,
    Sign,
    WatchRefusal,
    level,
    points,
    rises,
    season_start,
    signs,
)
from tests import people
from tests.builders.children import director, household_child
from tests.builders.visits import visited
from tests.client import Browser
from tests.people import Person

TODAY = date(2026, 11, 28)
knowns = st.builds(
    Known,
    found=st.frozensets(st.sampled_from(Noticed)),
    doing=st.none() | st.sampled_from(Doing),
    contact=st.none() | st.sampled_from(Contact),
    found_on=st.none() | st.integers(0, 400).map(lambda n: TODAY - timedelta(days=n)),
    visit_due=st.none() | st.integers(-99, 99).map(lambda n: TODAY + timedelta(days=n)),
    away=st.booleans(),
    absences=st.integers(0, 4),
    lacks_agreement=st.booleans(),
    sad_on=st.none() | st.integers(0, 400).map(lambda n: TODAY - timedelta(days=n)),
)


@given(knowns)
def test_every_point_has_a_sign_and_old_findings_weigh_nothing(known: Known) -> None:
    found = signs(known, TODAY)
    assert points(found) == sum(POINTS[sign] for sign in found)
    old = known.found_on is None or known.found_on < TODAY - timedelta(days=180)
    of_visits = {Sign.guardianship_fails, Sign.serious, Sign.light, Sign.poorly, Sign.worries}
    assert not (old and of_visits & set(found))
    assert (Sign.guardianship_fails in found) == (not old and bool(known.found & FAILING))
    if Sign.guardianship_fails in found:
        assert level(points(found)) is RiskLevel.red


@given(st.integers(0, 200), st.sampled_from(RiskLevel), st.integers(0, 200))
def test_only_what_asks_for_more_than_before_is_told(
    total: int, held: RiskLevel, answered: int
) -> None:
    told = rises(total, held, answered)
    assert told == (above(level(total), held) and total > answered)
    assert not rises(total, held, total)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_a_season_lasts_until_the_next(day: date) -> None:
    start = season_start(day)
    assert (start.month, start.day) in ((3, 1), (9, 1))
    assert 0 <= (day - start).days < 184 + 1


def worrying(child_id: int, her: Person) -> None:
    """A visit finds that the parents keep no contact: blue by itself."""
    said = Said(HomeFound.seen, Doing.well, CaredBy.grandparent, Contact.none)
    visited(child_id, her, said=said)


def overdue() -> Any:
    """Forty days later: the next visit is overdue, and the sum asks for yellow."""
    return time_machine.travel(clock.now() + timedelta(days=40), tick=True)


def counted() -> None:
    """The night has come."""
    with db.read():
        county = people.region(people.COUNTY).id
    watch(0, county=county)


def test_the_night_counts_and_a_person_moves_the_level(either_app: Flask) -> None:
    """A rise is told until it is answered; no level moves by itself."""
    her, there = director(), people.appoint(Role.township_supervisor, people.TOWNSHIP)
    other = people.appoint(Role.township_supervisor, people.OTHER_TOWNSHIP)
    child_id = household_child(her)
    worrying(child_id, her)
    counted()
    with db.read():
        assert find.risen(there.actor()) == []
        before = find.get(child_id).points
    with overdue():
        counted()
        with db.read():
            (one,) = find.risen(there.actor())
            assert one.points == before + POINTS[Sign.visit_overdue]
            assert Sign.visit_overdue in one.signs
            held = children.get(child_id).risk
            assert above(one.level, held)
            assert find.counts(other.actor()) == (0, 0)
        with db.write():
            actions.answer(find.get(child_id), False, by=there.actor())
        counted()
        with db.read():
            assert find.risen(there.actor()) == []
            assert children.get(child_id).risk is held
        with db.write(), pytest.raises(Refusal) as no:
            actions.answer(find.get(child_id), True, by=there.actor())
        assert no.value.code is WatchRefusal.no_rise
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text("UPDATE risk_watch SET points = -1"))


def test_every_half_year_each_file_with_a_sign_is_looked_at(app: Flask) -> None:
    """What was looked at in September is asked for again in March, and not before."""
    her, there = director(), people.appoint(Role.township_supervisor, people.TOWNSHIP)
    child_id = household_child(her)
    with db.write() as session:
        session.execute(text("UPDATE child SET risk = 'yellow'"))
    start = season_start(clock.today() + timedelta(days=184))
    with time_machine.travel(start + timedelta(days=3)):
        counted()
        with db.read():
            rows = find.to_look_at(there.actor())
            assert [one.id for one in rows] == [child_id]
            versions = {one.id: one.version for one in rows}
        with db.write():
            rows = find.chosen(versions, there.actor())
            assert actions.look_again(rows, versions, by=there.actor()) == 1
        with db.write(), pytest.raises(Refusal) as no:
            actions.look_again(find.chosen(versions, there.actor()), versions, by=there.actor())
        assert no.value.code is WatchRefusal.none_ticked
    for days, waits in ((170, 0), (185, 1)):
        with time_machine.travel(start + timedelta(days=days)), db.read():
            assert find.counts(there.actor())[1] == waits


def test_on_the_pages_the_sum_stands_with_its_parts(
    app: Flask, device: Callable[[], Browser]
) -> None:
    """The township sees who and why and raises with one tap; civil affairs sees figures only."""
    her, there = director(), people.appoint(Role.township_supervisor, people.TOWNSHIP)
    child_id = household_child(her)
    worrying(child_id, her)
    with overdue():
        counted()
        town, office = device(), device()
        town.sign_in(there.phone)
        assert "档案建议提高等级" in town.get("/desk").text
        page = town.get("/risk").text
        with db.read():
            one = find.get(child_id)
            name, version, asked = one.child.name, one.version, one.level
        assert name in page
        assert "父母不与孩子联系" in page
        town.send(f"/risk/{child_id}", decision="raise", version=str(version))
        assert "等级已提高" in town.words
        with db.read():
            assert children.get(child_id).risk is asked
        assert "父母不与孩子联系" in town.get(f"/children/{child_id}").text
        office.sign_in(people.appoint(Role.coordinator, office=Office.civil_affairs).phone)
        figures = office.get("/risk/townships")
        assert figures.status_code == 200
        assert name not in office.text
