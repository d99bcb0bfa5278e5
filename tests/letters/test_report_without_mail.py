"""A report does not hang on the mail: with the mail server away it is kept, stands on the desk of
who reads reports, and the mail follows when there is a server again.

Seen to fail: readers who are not told (receive without _tell_readers)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Role
from jiedui.core import carriers, clock, db
from jiedui.core.carriers import Way
from jiedui.letters import actions, queries
from jiedui.letters.rules import Pace
from jiedui.protection.models import Report
from jiedui.settings import Settings
from tests import people
from tests.client import Browser
from tests.letters import post_office as offices
from tests.letters.conftest import NOON, work
from tests.letters.people import MAIL, deliveries
from tests.letters.post_office import PostOffice


def by_mail(person: people.Person) -> None:
    """Letters reach this person by mail, as they come."""
    with db.write():
        account = people.account_of(person)
        actions.choose(account, Way.portal, Pace.at_once, "zh_CN", by=person.actor())
        choice = queries.choice_of(account.id)
        assert choice is not None
        choice.email = MAIL
        db.session.flush()
        actions.choose(account, Way.email, Pace.at_once, "zh_CN", by=person.actor())


def test_a_report_comes_in_while_the_mail_is_away(ways: Settings, either_app: Flask) -> None:
    officer = people.appoint(Role.duty_officer)
    by_mail(officer)
    away = PostOffice()
    with offices.opened(away):
        pass
    outward = replace(ways.outward, smtp_port=away.port)
    carriers.configure(replace(ways, outward=outward))
    stranger, reader = Browser(either_app), Browser(either_app)
    stranger.send("/report", what="孩子身上有伤", where="上村")
    assert "已收到" in stranger.words
    work()
    assert deliveries() == [("failed", 1, "unreachable")]
    with db.read() as session:
        assert session.scalars(select(Report)).one().what == "孩子身上有伤"
    reader.sign_in(officer.phone)
    assert "/reports" in reader.get("/desk").text
    assert "孩子身上有伤" in reader.get("/reports/1").text
    with offices.opened(away), clock.moved_to(NOON + timedelta(minutes=2)):
        work()
    (mail,) = away.received
    assert "孩子身上有伤" not in str(mail)
