"""A unit's manager invites its people; each unit sees its own. Made to fail: a manager ends the
membership of another unit's member; an account that is there already is taken over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.models import RoleHolding
from jiedui.access.rules import AccessRefusal, Role
from jiedui.core import db
from jiedui.core.errors import Refusal
from jiedui.partners import actions, queries
from jiedui.partners.rules import PartnerRefusal, UnitKind
from tests import people
from tests.builders.helpers import agency
from tests.client import Browser
from tests.people import Person


def company(name: str = "北试服装公司") -> tuple[Person, int]:
    """A company with its manager."""
    unit = agency(name, UnitKind.company)
    return people.appoint(Role.unit_manager, unit_id=unit), unit


def holding(unit: int) -> RoleHolding:
    """The one member of a unit, in a transaction."""
    mine = RoleHolding.unit_id == unit, RoleHolding.role == Role.partner_member
    return db.session.scalars(select(RoleHolding).where(*mine)).one()


def test_a_manager_invites_and_ends(app: Flask, device: Callable[[], Browser]) -> None:
    manager, unit = company()
    browser = device()
    browser.sign_in(manager.phone)
    browser.send("/unit/members", name="贾员工", phone="13900990011")
    assert "贾员工" in browser.words
    browser.get("/unit/members")
    assert "贾员工" in browser.words
    with db.read():
        number = holding(unit).id
    browser.send(f"/unit/members/{number}/end")
    assert "已不再是成员。" in browser.words
    with db.read():
        assert [one.role for one in queries.members(unit)] == [Role.unit_manager]


def test_a_number_that_is_known_is_refused_beside_the_field(
    app: Flask, device: Callable[[], Browser]
) -> None:
    manager, unit = company()
    director = people.appoint(Role.child_director)
    with pytest.raises(Refusal) as no, db.write():
        actions.invite_member("贾某", director.phone, by=manager.actor())
    assert no.value.code is AccessRefusal.phone_taken
    browser = device()
    browser.sign_in(manager.phone)
    browser.send("/unit/members", name="贾某", phone=director.phone)
    assert 'value="贾某"' in browser.text
    with db.read():
        assert len(queries.members(unit)) == 1


def test_a_unit_is_its_own(app: Flask, device: Callable[[], Browser]) -> None:
    manager, unit = company()
    other, _ = company("别的公司")
    with db.write():
        actions.invite_member("贾员工", "13900990012", by=manager.actor())
    with db.read():
        number = holding(unit).id
    browser = device()
    browser.sign_in(other.phone)
    browser.get("/unit/members")
    assert "贾员工" not in browser.words
    browser.send(f"/unit/members/{number}/end")
    assert browser.page.status_code == 404
    with pytest.raises(Refusal) as no, db.write():
        actions.end_membership(holding(unit), by=other.actor())
    assert no.value.code is PartnerRefusal.no_member


def test_a_unit_that_does_not_take_part_invites_nobody(app: Flask) -> None:
    manager, unit = company()
    with db.write():
        queries.get_unit(unit).open = False
    with pytest.raises(Refusal) as no, db.write():
        actions.invite_member("贾员工", "13900990013", by=manager.actor())
    assert no.value.code is PartnerRefusal.unit_closed
