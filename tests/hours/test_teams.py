"""Two of a team at one child: the minutes of each count for each, never twice for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from jiedui.core import db
from jiedui.core.errors import Refusal
from jiedui.hours import actions, queries
from jiedui.hours.rules import Book, HoursRefusal
from tests.builders import pairings as build
from tests.builders.hours import evening_after, logged, said
from tests.builders.pairings import Pair
from tests.builders.teams import asked, joined
from tests.client import Browser

Device = Callable[[], Browser]


def declared(pair: Pair) -> int:
    """Minutes that stand for this helper."""
    with db.read():
        found = queries.sums(pair.helper_id)[Book.voluntary]
        return sum(tally.minutes for tally in found.values())


def test_two_at_the_same_session_have_their_hours_each_once(either_app: Flask) -> None:
    """Would fail: hours of a session shared out or counted for the lead alone; one helper who logs
    the same time in the team and elsewhere."""
    first = build.active()
    second = joined(first)
    with evening_after() as day:
        logged(first, day)
        logged(second, day)
        assert (declared(first), declared(second)) == (90, 90)
        new = said(day, "10:00", "11:00")
        with db.write(), pytest.raises(Refusal, check=lambda r: r.code is HoursRefusal.overlaps):
            actions.log_session(second.read(), new, by=second.helper.actor())
        assert (declared(first), declared(second)) == (90, 90)


def test_nobody_logs_before_they_have_met_the_child(app: Flask, device: Device) -> None:
    """Would fail: a member of whom guardian and child have not been asked, who has hours."""
    first = build.active()
    member = asked(first)
    with evening_after() as day, db.write(), pytest.raises(Refusal):
        actions.log_session(member.read(), said(day), by=member.helper.actor())
    browser = device()
    browser.sign_in(member.helper.phone)
    assert browser.get(f"/pairings/{first.id}").status_code == 404
    assert browser.get(f"/pairings/{first.id}/log").status_code == 404
