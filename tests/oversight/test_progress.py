"""How pairing comes along: the arithmetic, and the page's figures against a story told by hand.

Seen to fail: a pairing that ended counted in the funnel; the ninth decile taken for the longest;
figures of another township counted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.access.rules import Role
from jiedui.core import clock, db
from jiedui.oversight.queries import pilot
from jiedui.oversight.rules.pilot import Leg, Share, Stage, alive, funnel, met_within, spread
from jiedui.pairings.actions import ending
from jiedui.pairings.rules import CloseReason, NeedAfter
from tests import people
from tests.builders import pairings as build
from tests.builders.hours import logged
from tests.client import Browser

Device = Callable[[], Browser]
DAY = date(2026, 6, 1)


@given(st.lists(st.sampled_from(list(Stage))))
def test_the_funnel_only_narrows_and_begins_with_all(reached: list[Stage]) -> None:
    found = list(funnel(reached).values())
    assert found[0] == len(reached)
    assert found == sorted(found, reverse=True)
    assert found[-1] == reached.count(Stage.served)


def test_of_fewer_than_five_no_days_are_shown() -> None:
    assert (spread([1, 2, 3, 4]).count, spread([1, 2, 3, 4]).half) == (4, None)
    ten = spread([10, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    assert (ten.count, ten.half, ten.most) == (10, 5.5, 9)


@given(st.lists(st.floats(0, 900), min_size=5))
def test_nine_of_ten_are_no_longer_than_the_ninth_decile(days: list[float]) -> None:
    found = spread(days)
    assert found.most is not None
    assert found.half is not None
    assert sum(d <= found.most + 0.05 for d in days) >= 0.9 * len(days)
    assert min(days) - 0.05 <= found.half <= max(days) + 0.05


def test_only_what_began_long_enough_ago_is_asked_whether_it_lasted() -> None:
    spans = [
        (DAY - timedelta(days=100), None),
        (DAY - timedelta(days=100), DAY - timedelta(days=80)),
        (DAY - timedelta(days=10), None),
    ]
    assert alive(spans, 30, DAY) == Share(1, 2)
    assert alive(spans, 180, DAY).percent is None
    raised = DAY - timedelta(days=40)
    assert met_within([(raised, raised + timedelta(days=14))], 14, DAY) == Share(1, 1)
    assert met_within([(raised, raised + timedelta(days=15))], 14, DAY) == Share(0, 1)
    assert met_within([(raised, None), (DAY, None)], 14, DAY) == Share(0, 1)


def test_each_child_stands_at_its_own_step(app: Flask) -> None:
    served = build.trial()
    build.ready(director=served.director)
    build.approved(director=served.director)
    build.proposed(director=served.director)
    over = build.active(director=served.director)
    with clock.moved_to(clock.now() + timedelta(days=40)):
        logged(served, clock.today() - timedelta(days=1))
        with db.write():
            by = over.director.actor()
            ending.plan_end(over.id, CloseReason.goal_reached, clock.today(), by=by)
            ending.close(over.id, clock.today(), NeedAfter.reopen, by=by)
        with db.read():
            here = pilot.of_region(people.region(people.VILLAGE))
            elsewhere = pilot.of_region(people.region(people.FAR_VILLAGE))
    steps = [Stage.known, Stage.consented, Stage.wished, Stage.proposed, Stage.approved,
             Stage.agreed, Stage.met, Stage.served]  # fmt: skip
    assert [here.funnel[stage] for stage in steps] == [5, 5, 5, 4, 3, 2, 1, 1]
    assert here.waiting[Leg.meeting].count == 1
    assert here.waiting[Leg.acceptance].count == 1
    assert here.waiting[Leg.approval].count == 1
    assert here.took[Leg.meeting].count == 2
    assert here.goodbyes == Share(1, 1)
    assert here.alive[30] == Share(2, 2)
    assert here.met[14] == Share(2, 5)
    assert here.nothing == Share(0, 0)
    assert sum(elsewhere.funnel.values()) == 0
    assert elsewhere.met[14] == Share(0, 0)
    assert not any(one.count for one in (*elsewhere.took.values(), *elsewhere.waiting.values()))


def test_a_leader_reads_figures_and_no_name(app: Flask, device: Device) -> None:
    pair = build.active()
    leader = people.appoint(Role.leader)
    browser = device()
    browser.sign_in(leader.phone)
    browser.get("/progress")
    assert "试点情况：" in browser.words
    assert "孩子们走到了哪一步" in browser.words
    with db.read():
        named = pair.read()
        for name in (named.helper.name, named.need.children[0].name):
            assert name not in browser.words
    volunteer = device()
    volunteer.sign_in(pair.helper.phone)
    assert volunteer.get("/progress").status_code == 404
