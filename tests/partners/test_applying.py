"""A unit registers itself: said once, looked at by the office in charge, taken in with a manager.

Seen to fail: an application with a code that a unit has, two that wait with one code (rule, and the
index without the rule), a company before the Youth League, a unit taken in without a look at its
paper, and taken in twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from jiedui.access import queries as accounts
from jiedui.access.rules import Office, Role
from jiedui.core import db
from jiedui.core.actors import ANYBODY
from jiedui.core.errors import Refusal
from jiedui.partners import actions, queries
from jiedui.partners.models import Unit, UnitApplication
from jiedui.partners.rules import ApplicationState, Applied, NewUnit, UnitKind
from tests import people
from tests.client import Browser

Device = Callable[[], Browser]
CODE = "91110000600037341L"
PHONE = "13700000001"


def village() -> int:
    """The id of a village (opens its own read)."""
    with db.read():
        return people.region(people.VILLAGE).id


def form(**over: Any) -> dict[str, Any]:
    """What a company types."""
    typed = {
        "kind": "company", "name": "示范鞋业公司", "credit_code": CODE, "contact": "贾联系",
        "phone": PHONE, "wants": "二十名员工周六来一天", "region": str(village()),
    }  # fmt: skip
    return typed | over


def applied(kind: UnitKind = UnitKind.company, code: str | None = CODE) -> int:
    """A unit that waits (opens its own write)."""
    with db.write():
        said = NewUnit(kind, "示范鞋业公司", people.region(people.VILLAGE).id, code)
        return actions.apply(Applied(said, "贾联系", PHONE), by=ANYBODY).id


def past_the_rule(application_id: int) -> None:
    """A second one with the same code, as one that came at the same moment."""
    with db.write():
        one = queries.application(application_id)
        twin = UnitApplication(
            county_id=one.county_id, region_id=one.region_id, kind=one.kind, name="同时",
            credit_code=CODE, contact="贾", phone=PHONE, state=ApplicationState.waiting, at=one.at,
        )  # fmt: skip
        db.session.add(twin)


def test_from_the_public_page_to_a_manager_who_signs_in(device: Device) -> None:
    """Anybody registers; the industry federation sees it, looks at the licence, takes it in, hands
    the link over; the manager sets a password and sees the unit's desk."""
    anybody = device()
    anybody.get("/")
    assert "单位登记" in anybody.words
    assert anybody.send("/units/apply", **form(credit_code="91110000600037341X")).status_code == 422
    assert "贾联系" in anybody.text  # what was typed is kept
    anybody.send("/units/apply", **form())
    assert "已收到，编号 U-0001" in anybody.words
    desk = device()
    desk.sign_in(people.appoint(Role.coordinator, office=Office.industry_federation).phone)
    desk.get("/desk")
    assert "有单位申请参与" in desk.words
    desk.get("/units/applications/1")
    assert PHONE in desk.text
    assert desk.send("/units/applications/1", act="take in").status_code == 422
    assert "请先查看证照" in desk.words
    desk.send("/units/applications/1", act="take in", seen="y")
    link = re.search(r"/link/[\w-]+", desk.text)
    assert link is not None
    with db.read():
        unit = queries.unit_by_code(people.region(people.COUNTY).id, CODE)
        account = accounts.by_phone(PHONE)
        assert unit is not None
        assert account is not None
        assert [(h.role, h.unit_id) for h in account.roles] == [(Role.unit_manager, unit.id)]
    manager = device()
    manager.get(link.group())
    assert manager.page is not None
    assert manager.page.status_code == 200


def test_a_code_that_is_known_or_waits_is_not_taken_again(app: Flask) -> None:
    """By rule, and by the database where two come at one moment."""
    first = applied()
    with pytest.raises(Refusal, match="applied already"):
        applied()
    with pytest.raises(IntegrityError):
        past_the_rule(first)
    person = people.appoint(Role.coordinator, office=Office.civil_affairs)
    with db.write():
        actions.accept(first, seen=True, by=person.actor())
    with pytest.raises(Refusal, match="credit code taken"):
        applied()


def test_each_office_sees_its_own_kind_and_civil_affairs_all(app: Flask) -> None:
    """A company is not the Youth League's; a team is; a charity is civil affairs'."""
    company, team = applied(), applied(UnitKind.volunteer_team, None)
    charity = applied(UnitKind.charity, "53100000500005200G")
    seen = {}
    for office in (Office.industry_federation, Office.youth_league, Office.civil_affairs):
        person = people.appoint(Role.coordinator, office=office)
        with db.read():
            seen[office] = [one.id for one in queries.waiting_for(person.actor())]
    assert seen == {
        Office.industry_federation: [company],
        Office.youth_league: [team],
        Office.civil_affairs: [company, team, charity],
    }


def test_decided_once_and_a_known_number_gets_one_more_role(either_app: Flask) -> None:
    """No second unit, no second account."""
    number = applied()
    person = people.appoint(Role.child_director, people.VILLAGE, name="贾主任")
    with db.write():
        one = queries.application(number)
        one.phone = person.phone
    officer = people.appoint(Role.coordinator, office=Office.industry_federation)
    with db.write():
        _one, token = actions.accept(number, seen=True, by=officer.actor())
    assert token == ""
    with db.write(), pytest.raises(Refusal, match="decided already"):
        actions.accept(number, seen=True, by=officer.actor())
    with db.read():
        account = accounts.by_phone(person.phone)
        assert account is not None
        assert {held.role for held in account.roles} == {Role.child_director, Role.unit_manager}
        assert len(list(db.session.scalars(select(Unit)))) == 1


def test_nobody_takes_their_own_unit_in(app: Flask) -> None:
    """Seen to fail without the rule: the officer was manager of what they had let in."""
    number = applied()
    officer = people.appoint(Role.coordinator, office=Office.industry_federation)
    with db.write():
        queries.application(number).phone = officer.phone
    with db.write(), pytest.raises(Refusal, match="phone taken"):
        actions.accept(number, seen=True, by=officer.actor())
