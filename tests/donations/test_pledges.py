"""Places, work and people that are promised: by a unit or on the open page, answered by an office.

Seen to fail: a declined job that villages still hear of; a person who offers people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Role
from jiedui.core import clock, db
from jiedui.core.actors import ANYBODY
from jiedui.core.errors import Refusal, Stale
from jiedui.donations.actions import pledges as actions
from jiedui.donations.queries import pledges as find
from jiedui.donations.rules.pledges import (
    PledgeKind,
    PledgeRefusal,
    PledgeSaid,
    PledgeState,
    pledge_fault,
)
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders import gifts as build
from tests.builders.children import director
from tests.builders.helpers import agency
from tests.client import Browser


def said(kind: PledgeKind = PledgeKind.jobs, **over: Any) -> PledgeSaid:
    """Two jobs of an invented person."""
    usual: dict[str, Any] = {"name": "贾厂长", "phone": people.phone_number()}
    return PledgeSaid(kind, "包装工", 2, "北东山镇", clock.today(), **(usual | over))


def promised(**over: Any) -> int:
    """A promise of a person on the open page (opens its own write)."""
    with db.write():
        one = actions.pledge_mine(said(**over), people.region(people.COUNTY).id, by=ANYBODY)
        db.session.flush()
        return one.id


def answered(number: int, new: PledgeState, office: people.Person) -> None:
    """The office's answer (opens its own write)."""
    with db.write():
        actions.answer(find.get(number), new, by=office.actor())


def test_only_what_an_office_took_up_is_told_in_villages(app: Flask) -> None:
    """And only while it is to be had."""
    her, office = director(), build.officer()
    taken, declined, waits = promised(), promised(), promised()
    place = promised(kind=PledgeKind.place)
    answered(taken, PledgeState.taken_up, office)
    answered(declined, PledgeState.declined, office)
    answered(place, PledgeState.taken_up, office)
    with db.read():
        assert [one.id for one in find.work(her.actor())] == [taken]
        assert [one.id for one in find.unanswered(office.actor())] == [waits]
    answered(taken, PledgeState.over, office)
    with db.read():
        assert find.work(her.actor()) == []
    with db.write(), pytest.raises(Refusal) as no:
        actions.answer(find.get(declined), PledgeState.taken_up, by=office.actor())
    assert no.value.code is PledgeRefusal.not_now
    with db.write(), pytest.raises(Stale):
        actions.answer(find.get(waits), PledgeState.declined, by=office.actor(), version=99)


def test_people_are_a_units(either_app: Flask) -> None:
    """By rule and in the database; a day before the first is none."""
    today = clock.today()
    no_name = said(name="")
    for wrong, field, one in (
        (PledgeRefusal.of_a_unit, "kind", said(PledgeKind.people)),
        (PledgeRefusal.giver_missing, "name", no_name),
        (PledgeRefusal.days_wrong, "until", said(until=today - timedelta(days=1))),
    ):
        assert pledge_fault(one, today) == (wrong, field)
    number = promised()
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text(f"UPDATE pledge SET kind = 'people' WHERE id = {number}"))


def test_from_the_open_page_to_the_village(app: Flask, device: Callable[[], Browser]) -> None:
    """A person offers two jobs, the desk of an office shows it, the director speaks of it; neither
    the director nor another unit reads who it is."""
    her, office = director(), build.officer()
    guest, mine, village = device(), device(), device()
    page = {
        "kind": "jobs", "words": "包装工两名", "count": "2", "where": "北东山镇",
        "starts": clock.today().isoformat(), "name": "贾厂长", "phone": "19900007001",
    }  # fmt: skip
    guest.send("/give/else", **(page | {"count": "0"}))
    assert "贾厂长" in guest.text
    guest.send("/give/else", **page)
    assert "一周内回电" in guest.words
    mine.sign_in(office.phone)
    assert "有人提供场地、岗位或员工" in mine.get("/desk").text
    with db.read():
        (number,) = [one.id for one in find.unanswered(office.actor())]
    mine.send(f"/pledges/{number}", answer="taken_up")
    assert "已接受" in mine.words
    village.sign_in(her.phone)
    shown = village.get("/pledges/work").text
    assert "包装工两名" in shown
    assert "贾厂长" not in shown
    assert village.get(f"/pledges/{number}").status_code == 404


def test_a_unit_offers_its_people_and_sees_the_answer(
    app: Flask, device: Callable[[], Browser]
) -> None:
    unit = agency("北试纸品厂", UnitKind.company)
    manager = people.appoint(Role.unit_manager, unit_id=unit)
    mine = device()
    mine.sign_in(manager.phone)
    page = {"words": "十名员工一天", "count": "10", "where": "县城", "kind": "people"}
    mine.send("/pledges/ours", starts=clock.today().isoformat(), **page)
    assert "等待答复" in mine.words
    with db.read():
        (number,) = [one.id for one in find.of_unit(unit)]
    answered(number, PledgeState.taken_up, build.officer())
    assert "已接受" in mine.get("/pledges/ours").text
