"""A company's day as volunteers: one list of records for all, seats, insurance, hours in the one
ledger.

Seen to fail: somebody whose records are not in order and who is put on the day all the same."""

from __future__ import annotations

import pytest
from flask import Flask

from jiedui.access.rules import Role
from jiedui.activities import actions
from jiedui.activities.rules import ActivityRefusal
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.helpers import actions as helpers
from jiedui.helpers import queries as find
from jiedui.helpers.rules import Finding, Gate, Outcome
from jiedui.hours import queries as sums
from jiedui.hours.rules import Book, Evidence
from jiedui.partners.rules import UnitKind
from tests import people
from tests.activities.test_events import seated
from tests.builders import events as build
from tests.builders.helpers import agency, vetter, volunteer
from tests.people import Person


def employees(unit: int, by: Person, count: int) -> list[int]:
    """So many of a company's people, with everything but their records looked at."""
    found = [volunteer(unit_id=unit) for _ in range(count)]
    with db.write():
        for person, number in found:
            helper = find.get(number)
            for gate in (Gate.identity, Gate.training):
                said = Finding(gate, Outcome.good, clock.today())
                helpers.record_finding(helper, said, by=by.actor())
            helpers.sign_conduct(helper, by=person.actor())
    return [number for _person, number in found]


def test_a_company_comes_for_a_day(app: Flask) -> None:
    """Ten seats at a Children's Home, something risky with insurance; three employees, one list to
    the police, one of them not in order."""
    unit, league = agency("北试纸品厂", UnitKind.company), vetter()
    manager = people.appoint(Role.unit_manager, unit_id=unit)
    good, second, bad = employees(unit, league, 3)
    day = build.planned(by=manager, seats=10, risky=True, insurance="保单2026-1")
    child = seated(day)
    with db.write(), pytest.raises(Refusal) as no:
        actions.put_helpers(day.read(), [good], by=manager.actor())
    assert no.value.code is ActivityRefusal.has_been_left_out
    with db.write():
        rows = [find.get(one) for one in (good, second, bad)]
        batch = helpers.send_record_checks(rows, "北试县公安局", by=league.actor())
        db.session.flush()
        answer = clock.today(), "北试县公安局", [bad]
        helpers.reply_record_checks(batch, *answer, by=league.actor())
    with db.write(), pytest.raises(Refusal):
        actions.put_helpers(day.read(), [good, bad], by=manager.actor())
    with db.write():
        actions.put_helpers(day.read(), [good, second], by=manager.actor())
    with clock.moved_to(day.after()):
        build.told(day, by=manager, helpers=(good, second), others=0)
        build.confirmed(day, day.director, (child,))
        with db.read():
            for number, minutes in ((good, 120), (second, 120), (bad, 0)):
                assert sums.sums(number)[Book.voluntary][Evidence.listed].minutes == minutes
