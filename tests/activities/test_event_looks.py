"""An event of a company or school waits for the look of an office before it is open; an office's
own needs none. A no has a reason and calls off what is to come; who planned it hears either way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.models import ActivityTheme
from jiedui.activities.rules.events import EventLook, EventRefusal
from jiedui.children import queries as children
from jiedui.core import clock, db
from jiedui.core.outbox import LetterKind
from jiedui.partners.rules import UnitKind
from tests import people
from tests.activities.test_classes import execute, refused
from tests.activities.test_groups import letters
from tests.activities.test_pages import signed_in
from tests.builders import events as build
from tests.builders.children import household_child
from tests.builders.helpers import agency
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


def company() -> Person:
    """Whoever manages a company."""
    unit = agency("北试纸品厂", UnitKind.company)
    return people.appoint(Role.unit_manager, unit_id=unit)


def sign_up(of: build.Event) -> None:
    """The director keeps a seat for a child."""
    child_id = household_child(of.director)
    with db.write():
        actions.seat(of.read(), children.get(child_id), by=of.director.actor())


def test_it_is_open_once_an_office_has_agreed(either_app: Flask) -> None:
    """Neither children nor figures before. Seen to fail: `open_to` without the look; an event of a
    unit planned as one that needs none."""
    of = build.planned(by=company(), agreed=False)
    with refused(EventRefusal.not_agreed):
        sign_up(of)
    counted = build.planned(by=company(), agreed=False, **build.by_count())
    with clock.moved_to(counted.after()), refused(EventRefusal.not_agreed):
        build.told(counted, by=counted.office)
    civil = build.looked_at(of)
    sign_up(of)
    with db.read():
        theme = of.read().theme
        assert theme is not None
        assert (theme.look, theme.looked_by) == (EventLook.agreed, civil.account_id)
    assert letters(LetterKind.event_looked) == [of.office.account_id]
    with refused(EventRefusal.looked_already):
        build.looked_at(of, agreed=False, reason="太晚了")


def test_an_offices_own_event_needs_no_look(app: Flask) -> None:
    of = build.planned()
    sign_up(of)
    with refused(EventRefusal.looked_already):
        build.looked_at(of)


def test_a_no_has_a_reason_and_nothing_is_held(app: Flask) -> None:
    """Seen to fail: a no without words; the meetings left to come."""
    of = build.planned(by=company(), agreed=False)
    with refused(EventRefusal.look_reason):
        build.looked_at(of, agreed=False)
    build.looked_at(of, agreed=False, reason="与考试冲突")
    with db.read():
        assert of.meeting().called_off is not None
        assert not of.read().open
    assert letters(LetterKind.event_looked) == [of.office.account_id]


@pytest.mark.parametrize(
    "change",
    [
        {"look": EventLook.agreed},
        {"look": EventLook.refused, "looked_by": 1, "looked_at": clock.now()},
        {"looked_by": 1},
    ],
)
def test_the_database_knows_who_looked_and_why_not(
    either_app: Flask, change: dict[str, Any]
) -> None:
    build.planned(by=company(), agreed=False)
    with pytest.raises(IntegrityError):
        execute(update(ActivityTheme).values(**change))


def test_from_the_offices_desk_back_to_the_unit(app: Flask, device: Device) -> None:
    """The office sees it at its desk, says why not, and the company reads it."""
    of = build.planned(by=company(), agreed=False)
    civil = signed_in(device, build.office(Office.civil_affairs))
    civil.get("/desk")
    assert "审核单位安排的活动" in civil.words
    theirs = signed_in(device, of.office)
    theirs.get(f"/classes/{of.id}")
    assert "待主管部门审核" in theirs.words
    assert theirs.get(f"/events/{of.id}/look").status_code == 404
    civil.send(f"/events/{of.id}/look", answer="refused", reason="")
    assert "请说明理由" in civil.words
    civil.send(f"/events/{of.id}/look", answer="refused", reason="与期末考试冲突")
    civil.get("/desk")
    assert "审核单位安排的活动" not in civil.words
    theirs.get("/desk")
    assert "主管部门已答复您安排的活动" in theirs.words
    theirs.get(f"/classes/{of.id}")
    assert "与期末考试冲突" in theirs.words
