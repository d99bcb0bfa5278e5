"""What would help those whom a list leaves: whom to look for, and which helper could be shared."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from flask import Flask

import matching
from jiedui.access.rules import Office, Role
from jiedui.core import db, jobs
from jiedui.helpers.rules import HelpKind
from jiedui.pairings import candidates
from jiedui.pairings.actions import rounds
from jiedui.pairings.queries import rounds as find
from tests import people
from tests.builders.helpers import cleared_volunteer
from tests.builders.needs import open_need
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
SATURDAY = frozenset({15})


def one_helper_for_three() -> tuple[Person, int]:
    """Three children ask to be read to at one place on Saturday morning; one helper can come."""
    for _ in range(3):
        open_need(kind=HelpKind.reading, slots=SATURDAY)
    cleared_volunteer(offers=frozenset({HelpKind.reading}), slots=SATURDAY, capacity=1)
    by = people.appoint(Role.coordinator, office=Office.youth_league)
    with db.write():
        number = rounds.start(people.region(people.COUNTY), by=by.actor()).id
    jobs.work_off()
    return by, number


def test_everybody_looked_for_would_really_help(app: Flask) -> None:
    """Put among the helpers and solved again, the list meets as many more as the plan says."""
    _by, number = one_helper_for_three()
    with db.read():
        round_ = find.get(number)
        found = (round_.figures or {})["recruits"]
        snapshot = candidates.of_round(round_)
    whatif = matching.WhatIf(snapshot.problem, snapshot.policy)
    looked_for = matching.recruitment_plan(whatif, most=8)
    assert found
    assert [row["slots"] for row in found] == [sorted(r.helper.slots) for r in looked_for]
    more = replace(snapshot, helpers=(*snapshot.helpers, *(r.helper for r in looked_for)))
    before = matching.match(snapshot.problem, snapshot.policy)
    after = matching.match(more.problem, more.policy)
    assert sum(after.tuple_[:3]) - sum(before.tuple_[:3]) == sum(row["more"] for row in found)


def test_the_plan_and_the_poster_speak_plainly(device: Device) -> None:
    """A coordinator reads who is wanted, when and where; the poster shows no child and no wish."""
    by, number = one_helper_for_three()
    mine = device()
    mine.sign_in(by.phone)
    mine.get(f"/matching/{number}")
    assert "再来" in mine.words
    plan = mine.get(f"/matching/{number}/recruitment").get_data(as_text=True)
    assert "周六上午" in mine.words
    assert "读书" in mine.words
    assert re.search(r"\+\d", plan)
    mine.get(f"/matching/{number}/recruitment/poster")
    assert "有孩子在等像您这样的人" in mine.words
    assert "<svg" in mine.text
    assert not re.search(r"N-\d{4}|C-\d{4}|V-\d{4}", mine.text)


def test_who_could_join_is_named_at_the_need(device: Device) -> None:
    """Two wishes nobody is left for could be met with the third, by the same helper."""
    by, number = one_helper_for_three()
    mine = device()
    mine.sign_in(by.phone)
    mine.get(f"/matching/{number}?show=unmet")
    assert mine.words.count("现在就可以一起") == 2


def test_another_county_sees_no_plan(device: Device) -> None:
    """It does not exist there."""
    _by, number = one_helper_for_three()
    other = people.appoint(Role.coordinator, people.OTHER_COUNTY, office=Office.youth_league)
    mine = device()
    mine.sign_in(other.phone)
    assert mine.http.get(f"/matching/{number}/recruitment").status_code == 404
