"""A coordinator names who stands in, sees it, and ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from jiedui.access import queries
from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from tests import people
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


def coordinator(name: str, office: Office = Office.youth_league) -> Person:
    """A coordinator of the county."""
    return people.appoint(Role.coordinator, office=office, name=name)


def stands_in(person: Person) -> list[str | None]:
    """In whose place somebody may act today."""
    with db.read():
        return [h.principal for h in queries.holdings_of(person.account_id) if h.principal]


def holding_id(person: Person) -> str:
    """The id by which the form names somebody's role."""
    with db.read():
        return str(queries.holdings_of(person.account_id)[0].id)


def named_by(person: Person) -> int:
    """The id of the one deputy somebody has named."""
    with db.read():
        (named,) = queries.deputies_of(person.account_id)
        return named.id


def test_a_deputy_is_named_acts_between_the_days_and_ends(app: Flask, device: Device) -> None:
    away, deputy = coordinator("钱主任"), coordinator("孙同事")
    browser = device()
    browser.sign_in(away.phone)
    today, last = clock.today(), clock.today() + timedelta(days=10)
    days = {"first": today.isoformat(), "last": last.isoformat()}
    browser.send("/deputies", deputy=holding_id(deputy), **days)
    assert "孙同事现在代您办理" in browser.words
    assert stands_in(deputy) == ["钱主任"]
    with clock.moved_to(clock.now() + timedelta(days=11)):
        assert stands_in(deputy) == []
    browser.press("/deputies", f"/deputies/{named_by(away)}/end")
    assert "您恢复自己办理" in browser.words
    assert stands_in(deputy) == []


def test_only_the_own_office_can_be_chosen(app: Flask, device: Device) -> None:
    away, stranger = coordinator("钱主任"), coordinator("李例外", Office.civil_affairs)
    browser = device()
    browser.sign_in(away.phone)
    browser.get("/deputies")
    assert "李例外" not in browser.words
    assert "本单位没有其他人" in browser.words
    assert stands_in(stranger) == []


def test_a_last_day_before_the_first_is_said_beside_the_field(app: Flask, device: Device) -> None:
    away, deputy = coordinator("钱主任"), coordinator("孙同事")
    browser = device()
    browser.sign_in(away.phone)
    later, sooner = (clock.today() + timedelta(days=n) for n in (5, 2))
    days = {"first": later.isoformat(), "last": sooner.isoformat()}
    browser.send("/deputies", deputy=holding_id(deputy), **days)
    assert browser.page is not None
    assert browser.page.status_code == 422
    assert later.isoformat() in browser.text
    assert stands_in(deputy) == []


def test_somebody_elses_deputy_cannot_be_ended(app: Flask, device: Device) -> None:
    away, deputy = coordinator("钱主任"), coordinator("孙同事")
    browser, other = device(), device()
    browser.sign_in(away.phone)
    today = clock.today().isoformat()
    browser.send("/deputies", deputy=holding_id(deputy), first=today, last=today)
    other.sign_in(coordinator("周旁人").phone)
    answer = other.press("/deputies", f"/deputies/{named_by(away)}/end")
    assert answer.status_code == 404
    assert stands_in(deputy) == ["钱主任"]
