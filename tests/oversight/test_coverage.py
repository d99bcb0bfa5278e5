"""Villages without a place within reach on foot, and where more places would help most.

Seen to fail: the detour left out of the straight line (Walk.metres), schools counted as places for
all (FOR_ALL), a leader who reads a village's two children as a number (views: few), villages
weighed as much as children (candidates: weights), a second question beside the first (ask_sites).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st

from jiedui.access.rules import Office, Role
from jiedui.core import db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal
from jiedui.oversight import actions
from jiedui.oversight.candidates import propose
from jiedui.oversight.queries import coverage as queries
from jiedui.oversight.rules.coverage import CoverageRefusal, Spot, Walk
from jiedui.partners.rules import PlaceKind
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from matching.facilities import within
from tests import people
from tests.builders import children
from tests.builders.needs import place
from tests.client import Browser

Device = Callable[[], Browser]
FAR, NEXT = people.FAR_VILLAGE, people.NEXT_VILLAGE


def homes() -> None:
    """A Children's Home in the first village, a school in the far one; two children there."""
    with db.write():
        place()
        place(FAR, kind=PlaceKind.school)
    director = children.director(FAR)
    for _ in range(2):
        children.household_child(director, code=FAR)


def test_a_far_village_is_named_with_its_way_and_children_by_right(device: Device) -> None:
    """A school is no place for all; who may not open files reads no small number; a county that
    lets its children walk longer has fewer far villages."""
    homes()
    civil, leader = device(), device()
    civil.sign_in(people.appoint(Role.coordinator, office=Office.civil_affairs).phone)
    leader.sign_in(people.appoint(Role.leader).phone)
    with db.read():
        county = people.region(people.COUNTY)
        found = queries.coverage(county)
        far = people.region(FAR)
        row = next(one for one in found.far if one.village.id == far.id)
        assert row.place is not None
        assert row.place.kind is PlaceKind.childrens_home
        assert row.children == 2
        name, villages = far.name, len(found.far)
    civil.get("/coverage")
    assert name in civil.words
    leader.get("/coverage")
    assert name in leader.words
    assert "儿童人数 少" in leader.words
    assert "儿童人数 2" in civil.words
    with db.write():
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.walking_minutes, 5000, by=SYSTEM)
    with db.read():
        assert len(queries.coverage(people.region(people.COUNTY)).far) < villages


def test_a_worker_finds_where_one_more_place_helps_most(device: Device) -> None:
    """The far village with its children; the page says how many more, and that it is proven."""
    homes()
    civil = device()
    civil.sign_in(people.appoint(Role.coordinator, office=Office.civil_affairs).phone)
    civil.send("/coverage", places="1")
    assert "正在测算" in civil.words
    jobs.work_off()
    civil.get("/coverage")
    with db.read():
        far = people.region(FAR)
        assert f"{far.full_name}" in civil.words
    assert "可增加 2 人" in civil.words
    assert "已证明" in civil.words
    assert civil.send("/coverage", places="0").status_code == 422


def test_one_question_at_a_time(either_app: Flask) -> None:
    """And an answer that came twice changes nothing."""
    homes()
    by = people.appoint(Role.coordinator, office=Office.civil_affairs)
    with db.write():
        county = people.region(people.COUNTY)
        plan = actions.ask_sites(county, 2, by=by.actor()).id
        with pytest.raises(Refusal) as refused:
            actions.ask_sites(county, 2, by=by.actor())
        assert refused.value.code is CoverageRefusal.at_work
    jobs.work_off()
    with db.read():
        known = queries.get_plan(plan)
        answered = known.done_at
        assert known.proven
    jobs.work_off()
    with db.read():
        assert queries.get_plan(plan).done_at == answered


SPOTS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(0, 9)),
                 min_size=1, max_size=8)  # fmt: skip


@example([*[(0, 0, 0)] * 5, (7, 7, 2)], 1, 300)
@given(SPOTS, st.integers(1, 3), st.integers(200, 3000))
def test_children_come_before_villages(
    rows: list[tuple[int, int, int]], more: int, metres: int
) -> None:
    """What is added is what the villages named have; one place more never reaches fewer."""
    spots = [
        Spot(n, (25 + lat / 100, 115 + lon / 100), kids) for n, (lat, lon, kids) in enumerate(rows)
    ]
    found, another = propose(spots, (), metres, more), propose(spots, (), metres, more + 1)
    reached = {number for one in found.places for number in one.villages}
    assert found.after == sum(spots[number].children for number in reached)
    assert found.total == sum(one.children for one in spots)
    assert (found.before, found.proven) == (0, True)
    points = np.array([one.point for one in spots])
    near = within(points, points, metres)
    best = max(
        sum(spots[at].children for at in np.flatnonzero(near[:, list(some)].any(axis=1)))
        for some in combinations(range(len(spots)), min(more, len(spots)))
    )
    assert found.after == best
    assert another.after >= found.after


@given(st.integers(1, 300), st.integers(100, 300), st.floats(0, 50_000))
def test_what_is_near_enough_takes_no_longer(minutes: int, detour: int, metres: float) -> None:
    """The straight line and the minutes say the same."""
    walk = Walk(minutes, detour)
    if metres <= walk.metres * 0.999:
        assert walk.needed(metres) <= minutes
    if metres >= walk.metres * 1.001:
        assert walk.needed(metres) > minutes
