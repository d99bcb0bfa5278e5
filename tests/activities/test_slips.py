"""Slips of children's seats: printed by who knows the children, without a name; scanned on the day
by who keeps the event, which marks the seat and nothing else; the list by hand stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.models import ChildPresence, SeatScan
from jiedui.activities.queries import scans
from jiedui.activities.rules import ActivityRefusal
from jiedui.activities.rules.events import EventRefusal
from jiedui.children import queries as children
from jiedui.core import clock, db
from tests import people
from tests.activities.test_classes import execute, refused
from tests.activities.test_events import seated
from tests.activities.test_pages import signed_in
from tests.builders import classes as families
from tests.builders import events as build
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


def noon(of: build.Event, hour: int = 14) -> datetime:
    """An hour on the day of the event."""
    with db.read():
        return clock.at(of.meeting().on, hour)


def slips(of: build.Event) -> list[str]:
    """The codes of the director's children, made as for printing."""
    with db.write():
        actions.make_slips(of.read(), of.read().children_on, by=of.director.actor())
    with db.read():
        return [one.slip or "" for one in of.read().children_on]


def scan(token: str, by: Person) -> None:
    """A keeper scans one."""
    with db.write():
        actions.scan(scans.slip_by(token), by=by.actor())


def test_scanned_at_the_door_ticked_on_the_list(either_app: Flask) -> None:
    """A second scan changes nothing, a slip that is printed again stays the same; the list says who
    came. Seen to fail: a new code at each printing."""
    of = build.planned(seats=3)
    first, second = seated(of), seated(of)
    one, two = slips(of)
    assert slips(of) == [one, two]
    assert len(one) == 43
    assert one != two
    with clock.moved_to(noon(of)):
        scan(one, of.office)
        scan(one, of.office)
        with db.read():
            entry = of.read().children_on[0]
            assert list(scans.scanned(of.meeting().id)) == [entry.id]
    with clock.moved_to(of.after()):
        build.told(of)
        build.confirmed(of, of.director, (first, second))
        with db.read():
            came = db.session.scalars(select(ChildPresence.child_id))
            assert set(came) == {first, second}
        with refused(ActivityRefusal.confirmed_already):
            scan(two, of.office)


def test_on_the_day_alone_and_with_both_yeses(app: Flask) -> None:
    """Seen to fail: any meeting in place of today's; a seat whose family has not been asked."""
    of = build.planned(seats=2)
    seated(of)
    families.seated(of, answered=False)  # type: ignore[arg-type]
    one, unasked = slips(of)
    for day in (-1, 1):
        with clock.moved_to(noon(of) + timedelta(days=day)), refused(EventRefusal.slip_not_today):
            scan(one, of.office)
    with clock.moved_to(noon(of)):
        with refused(EventRefusal.slip_without_yes):
            scan(unasked, of.office)
        with db.write():
            actions.unseat(of.read().children_on[0], by=of.director.actor())
        with refused(ActivityRefusal.left_already):
            scan(one, of.office)


def test_the_database_holds_a_scan_to_its_event(either_app: Flask) -> None:
    """No seat of one event is present at another."""
    of, other = build.planned(), build.planned()
    seated(of)
    slips(of)
    with db.read():
        entry, elsewhere = of.read().children_on[0].id, other.meeting().id
    row = {
        "meeting_id": elsewhere, "entry_id": entry, "activity_id": of.id,
        "scanned_at": clock.now(), "scanned_by": of.office.account_id,
    }  # fmt: skip
    with pytest.raises(IntegrityError):
        execute(insert(SeatScan).values(**row))


def test_the_sheet_bears_no_name_and_the_scan_tells_none(app: Flask, device: Device) -> None:
    """A director prints slips of her own children alone; the office that keeps the event scans one
    and reads a number; whoever does not keep it finds nothing."""
    of = build.planned(seats=3)
    mine, other = seated(of), build.planned()
    theirs = seated(other)
    with db.read():
        name = children.get(mine).name
        stranger_name = children.get(theirs).name
    her = signed_in(device, of.director)
    her.get(f"/events/{of.id}/slips")
    assert name in her.words
    her.send(f"/events/{of.id}/slips")
    assert her.text.count('<svg class="qr"') == 1
    assert "1 号" in her.words
    assert name not in her.words
    assert stranger_name not in her.words
    neighbour = people.appoint(Role.child_director, people.NEXT_VILLAGE)
    beside = signed_in(device, neighbour)
    beside.get(f"/events/{of.id}/slips")
    assert name not in beside.words
    with db.read():
        token = of.read().children_on[0].slip
    far = people.appoint(Role.coordinator, people.OTHER_TOWNSHIP, office=Office.civil_affairs)
    assert signed_in(device, far).get(f"/slips/{token}").status_code == 404
    assert signed_in(device, neighbour).get(f"/slips/{token}").status_code == 404
    anybody = device()
    anybody.get(f"/slips/{token}")
    assert 'name="password"' in anybody.text
    with clock.moved_to(noon(of)):
        keeper = signed_in(device, of.office)
        keeper.get(f"/slips/{token}")
        assert "1 号" in keeper.words
        assert name not in keeper.text
        keeper.send(f"/slips/{token}")
        assert "1 号已标记到场" in keeper.words
        keeper.get(f"/slips/{token}")
        assert "此座位已标记到场" in keeper.words
    with clock.moved_to(of.after()):
        build.told(of)
        her = signed_in(device, of.director)
        with db.read():
            meeting = of.meeting().id
        her.get(f"/meetings/{meeting}/list")
        assert "14:00 已扫码" in her.words
        assert re.search(r'name="children" value="\d+"[^>]* checked', her.text)
