"""Visits and screening that lay on a phone: they count on the day on which they were filled in."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.care.models.screening import ScreeningCount, ScreeningMark
from jiedui.care.models.visits import Visit
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.rules import CloseReason
from jiedui.core import clock, db, phone
from tests import people
from tests.builders import children as kids
from tests.builders.visits import house_of
from tests.client import Browser
from tests.core.sealing import entry
from tests.people import Person

NEW_YEAR = datetime(2027, 1, 2, 1, tzinfo=UTC)
LAST_EVENING = datetime(2026, 12, 31, 12, tzinfo=UTC)
WELL = {"outcome": "seen", "doing": "well", "carer": "grandparent", "contact": "weekly"}


def sends(app: Flask, person: Person, path: str, at: datetime, **fields: str) -> str:
    """Send what a phone kept since `at`; returns what its script is told."""
    device = Browser(app)
    device.sign_in(person.phone)
    told = device.http.get("/keep").get_json()
    sealed = entry(phone.handle(person.account_id), path, fields, at.timestamp())
    answer = device.http.post("/keep", data={"csrf_token": told["csrf"], "sealed": sealed})
    return str(answer.get_json()["state"])


def house(child: int) -> int:
    """The number of a child's house."""
    with db.read():
        return house_of(child).id


def test_a_mark_of_the_old_quarter_counts_there(app: Flask) -> None:
    director = kids.director()
    page = f"/screening/houses/{house(kids.household_child(director))}"
    with clock.moved_to(NEW_YEAR):
        assert sends(app, director, page, LAST_EVENING, outcome="seen", once="k1") == "taken"
        assert sends(app, director, page, LAST_EVENING, outcome="seen", once="k1") == "taken"
    with db.read():
        mark = db.session.scalars(select(ScreeningMark)).one()
        assert (mark.quarter, mark.on_day) == ("2026-4", date(2026, 12, 31))


def test_the_number_of_other_houses_is_that_of_the_old_quarter(app: Flask) -> None:
    """And one said meanwhile in the office is not written over: it waits to be put right."""
    director = kids.director()
    with db.read():
        page = f"/screening/villages/{people.region(people.VILLAGE).id}/others"
    with clock.moved_to(NEW_YEAR):
        typed = {"houses": "41", "version": "0"}
        assert sends(app, director, page, LAST_EVENING, once="k1", **typed) == "taken"
        assert sends(app, director, page, LAST_EVENING, once="k2", **typed) == "refused"
        assert sends(app, director, page, clock.now(), once="k3", **typed) == "taken"
    with db.read():
        counts = {one.quarter: one.houses for one in db.session.scalars(select(ScreeningCount))}
        assert counts == {"2026-4": 41, "2027-1": 41}


def test_a_visit_without_a_day_is_of_the_day_it_was_typed(app: Flask) -> None:
    director = kids.director()
    page = f"/visits/houses/{house(kids.household_child(director))}/new"
    with clock.moved_to(NEW_YEAR):
        assert sends(app, director, page, LAST_EVENING, on_day="", once="k1", **WELL) == "taken"
    with db.read():
        assert db.session.scalars(select(Visit)).one().on_day == date(2026, 12, 31)


@pytest.mark.parametrize("what", ["/visits/houses/{}/new", "/screening/houses/{}"])
def test_what_a_phone_sends_is_guarded_like_its_page(app: Flask, what: str) -> None:
    """Another township's house is not there; a house whose last file was closed is refused."""
    director, other = kids.director(), kids.director(people.FAR_VILLAGE)
    far = kids.household_child(other, code=people.FAR_VILLAGE)
    assert sends(app, director, what.format(house(far)), clock.now(), **WELL) == "not now"
    near = kids.household_child(director)
    with db.write():
        ledger.close_child(children.get(near), CloseReason.moved_away, by=director.actor())
    page = what.format(house(near))
    assert sends(app, director, page, clock.now(), once="k2", **WELL) == "refused"
