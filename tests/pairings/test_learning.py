"""Learning from endings in the portal: what counts as kept, features from the proposal on, a
version that a head of office switches on, and lists that use it.

Seen to fail: an ending for safety after the agreed time counted as kept; a pairing counted before
its time had run out; a version switched on that was not surely better.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

import matching
from jiedui.access.rules import Office, Role
from jiedui.core import clock, db, jobs
from jiedui.core.errors import Refusal, Stale
from jiedui.pairings.actions import publishing
from jiedui.pairings.actions import scoring as actions
from jiedui.pairings.candidates import judge
from jiedui.pairings.models import Pairing, Round, ScoringVersion
from jiedui.pairings.queries import endings
from jiedui.pairings.queries import scoring as find
from jiedui.pairings.rules import CloseReason, PairingState
from jiedui.pairings.rules.endings import EARLY, GOOD, HARM, NOBODYS, Life, Outcome, outcome_of
from jiedui.pairings.rules.scoring import (
    Grouping,
    ScoringRefusal,
    ScoringState,
    Verdict,
    Wished,
    apart,
    groups_by,
)
from tests import people
from tests.builders.helpers import cleared_volunteer
from tests.builders.needs import open_need
from tests.builders.pairings import trial
from tests.client import Browser
from tests.pairings.test_rounds import boss, drafted
from tests.people import Person

MET = date(2025, 3, 1)
OVER = date(2026, 3, 1)
STRONG = {"skill": 1.0, "travel": 4.0, "slot": 0.8, "language": 0.5}
days = st.integers(0, 800).map(lambda n: MET + timedelta(days=n))


# --- the rule ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("life", "outcome"),
    [
        (Life(MET), Outcome.kept),  # lives on
        (Life(MET, None, OVER, CloseReason.helper_time), Outcome.kept),
        (Life(MET, None, date(2025, 9, 1), CloseReason.goal_reached), Outcome.kept),
        (Life(MET, None, date(2025, 9, 1), CloseReason.helper_time), Outcome.early),
        (Life(MET, None, date(2025, 9, 1), CloseReason.helper_moved), Outcome.nobodys),
        (Life(MET, None, date(2025, 9, 1), CloseReason.need_closed), Outcome.nobodys),
        (Life(MET, None, date(2025, 9, 1), CloseReason.need_closed, True), Outcome.kept),
        (Life(MET, None, date(2026, 6, 1), CloseReason.safety), Outcome.early),
        (Life(MET, date(2025, 8, 31), date(2025, 8, 31), CloseReason.child_wish), Outcome.kept),
        (Life(MET, date(2025, 8, 31), date(2025, 6, 1), CloseReason.child_wish), Outcome.early),
    ],
)
def test_how_a_pairing_came_out(life: Life, outcome: Outcome) -> None:
    assert outcome_of(life, date(2026, 7, 1)) is outcome


def test_every_reason_has_one_meaning() -> None:
    assert set(CloseReason) == GOOD | EARLY | NOBODYS
    assert len(GOOD) + len(EARLY) + len(NOBODYS) == len(CloseReason)
    assert HARM < EARLY


@given(days, st.none() | days, st.sampled_from(CloseReason), st.booleans(), days)
def test_nothing_counts_before_its_time_and_harm_never_well(
    closed: date, ends: date | None, reason: CloseReason, grown: bool, today: date
) -> None:
    """What is known of one pairing is known of all that began with it; longer is never worse."""
    life = Life(MET, ends, closed, reason, grown)
    found = outcome_of(life, today)
    assert (found is Outcome.not_yet) == (life.agreed_until > today)
    assert life.agreed_until <= MET + timedelta(days=365)
    if reason in HARM:
        assert found in (Outcome.early, Outcome.not_yet)
    elif found is Outcome.kept:
        later = Life(MET, ends, closed + timedelta(days=30), reason, grown)
        assert outcome_of(later, today) is Outcome.kept


@given(st.lists(st.tuples(st.sampled_from("mf"), st.booleans(), st.integers(0, 300)), max_size=30))
def test_small_groups_are_not_shown(rows: list[tuple[str, bool, int]]) -> None:
    wished = [Wished({Grouping.sex: frozenset({sex})}, met, n) for sex, met, n in rows]
    found = groups_by(Grouping.sex, wished)
    for one in found:
        many = sum(sex == one.name for sex, _, _ in rows)
        assert one.wishes == (many if many >= 5 else None)
        assert one.good is None
        assert one.matched is None or many >= 5
    shown = [one.matched for one in found if one.matched is not None]
    assert apart(found, "matched") == (max(shown) - min(shown) if len(shown) > 1 else None)


# --- features ------------------------------------------------------------------------------------


def test_a_proposal_keeps_its_features(app: Flask) -> None:
    """Numbers by part, as they were when the pair was put before its office."""
    person = boss()
    open_need()
    cleared_volunteer()
    number = drafted(person)
    with db.write():
        publishing.publish(number, by=person.actor())
    with db.read():
        kept = db.session.scalars(select(Pairing.features)).one()
    assert set(kept) == set(matching.FEATURES)
    assert all(0 <= share <= 1 for share in kept.values())
    assert kept["slot"] > 0


# --- learning ------------------------------------------------------------------------------------


def head(office: Office = Office.civil_affairs, code: str = people.COUNTY) -> Person:
    """The head of an office."""
    return people.appoint(Role.coordinator, code, office=office, head=True)


def outcomes(number: int, seed: int = 7) -> None:
    """So many pairings of two years ago, with features, of which those with a short way lasted."""
    chance = np.random.default_rng(seed)
    pair = trial()
    met = clock.today() - timedelta(days=700)
    with db.write():
        one = db.session.get_one(Pairing, pair.id)
        shared = {c: getattr(one, c) for c in (
            "county_id", "need_id", "need_seat", "helper_id", "seat", "office", "proposed_at",
            "proposers", "approved_by", "approved_at", "ready_at",
        )}  # fmt: skip
        for _ in range(number):
            share = {part: round(float(chance.random()), 4) for part in matching.FEATURES}
            margin = 2.2 * (sum(STRONG.get(part, 0) * x for part, x in share.items()) - 3.1)
            lasted = chance.random() < 1 / (1 + np.exp(-margin))
            db.session.add(
                Pairing(
                    **shared,
                    features=share,
                    state=PairingState.closed,
                    close_reason=CloseReason.helper_time,
                    first_meeting_on=met,
                    closed_on=met + timedelta(days=400 if lasted else 60),
                )
            )


def learned(by: Person) -> int:
    """A version that a worker has learned."""
    with db.write():
        number = actions.ask(people.region(people.COUNTY), by=by.actor()).id
    jobs.work_off()
    with db.read():
        assert find.get(number).state is ScoringState.draft
    return number


def on(number: int, by: Person, why: str = "判断更准") -> None:
    """Switch a version on (opens its own write)."""
    with db.write():
        actions.switch_on(number, why, by=by.actor())


def force(number: int, **values: Any) -> None:
    """Write past the actions (opens its own write)."""
    with db.write():
        db.session.execute(
            update(ScoringVersion).where(ScoringVersion.id == number).values(**values)
        )


def test_few_outcomes_leave_the_countys_weights(either_app: Flask) -> None:
    """It says how many there are and how many it takes, and cannot be switched on."""
    boss_ = head()
    outcomes(12)
    number = learned(boss_)
    with db.read():
        one = find.get(number)
        assert one.verdict is Verdict.too_few
        assert (one.figures["outcomes"], one.figures["least"]) == (12, 200)
        assert one.figures["weights"] == one.figures["priors"]
    with pytest.raises(Refusal) as refused:
        on(number, boss_)
    assert refused.value.code is ScoringRefusal.not_better
    forced = {"state": ScoringState.active, "switched_by": boss_.account_id, "why": "-"}
    with pytest.raises(IntegrityError):
        force(number, **forced, switched_at=clock.now())


def test_a_head_switches_on_what_lists_then_use(either_app: Flask) -> None:
    boss_ = head()
    outcomes(700)
    need_id = open_need()
    _, helper_id = cleared_volunteer()
    number = learned(boss_)
    with db.read():
        one = find.get(number)
        assert one.verdict is Verdict.better
        assert one.figures["weights"]["travel"] > one.figures["priors"]["travel"] * 1.3
        before = judge(one.county_id, [(need_id, helper_id)])[need_id, helper_id].score
        version, county_id = one.version, one.county_id
    on(number, boss_)
    with pytest.raises(Stale), db.write():
        actions.switch_off(number, "旧页面", by=boss_.actor(), version=version)
    made = drafted(boss())
    with db.read():
        assert db.session.get_one(Round, made).scoring_id == number
        after = judge(county_id, [(need_id, helper_id)])[need_id, helper_id].score
        assert after != before
    with db.write():
        actions.switch_off(number, "先看一看", by=boss_.actor())
    with db.read():
        assert find.active(county_id) is None
        assert judge(county_id, [(need_id, helper_id)])[need_id, helper_id].score == before


def test_one_version_counts_at_a_time(either_app: Flask) -> None:
    boss_ = head()
    outcomes(700)
    first, second = learned(boss_), learned(boss_)
    on(first, boss_)
    on(second, boss_)
    with db.read():
        assert find.get(first).state is ScoringState.retired
        assert find.active(find.get(second).county_id).id == second
    with pytest.raises(IntegrityError):
        force(first, state=ScoringState.active)


def test_learning_runs_once_at_a_time_and_bears_running_twice(app: Flask) -> None:
    boss_ = head()
    with db.write():
        number = actions.ask(people.region(people.COUNTY), by=boss_.actor()).id
    with pytest.raises(Refusal) as refused, db.write():
        actions.ask(people.region(people.COUNTY), by=boss_.actor())
    assert refused.value.code is ScoringRefusal.runs
    jobs.work_off()
    with db.read():
        job_id, version = find.get(number).job_id, find.get(number).version
    jobs.handlers()[actions.JOB](job_id, scoring_id=number)
    with db.read():
        assert find.get(number).version == version


def test_only_what_has_features_and_an_outcome_teaches(app: Flask) -> None:
    boss_ = head()
    outcomes(9)
    pair = trial()  # met today: not known for a year, and it came without features
    number = learned(boss_)
    with db.read():
        figures = find.get(number).figures
        assert figures["outcomes"] == 9
        assert figures["left_out"] == {"nobodys": 0, "not_yet": 2, "no_features": 0}
        known = endings.endings(find.get(number).county_id)
        assert {e.outcome for e in known if e.pairing_id == pair.id} == {Outcome.not_yet}
        wished = endings.wished(find.get(number).county_id, known)
        assert {one.matched for one in wished} == {True}


# --- pages ---------------------------------------------------------------------------------------


def test_the_page_says_it_plainly_and_a_head_switches(
    app: Flask, device: Callable[[], Browser]
) -> None:
    """A coordinator reads and lets learn; the head switches, and says why."""
    boss_, clerk = head(), boss()
    outcomes(700)
    reader, chief = device(), device()
    reader.sign_in(clerk.phone)
    chief.sign_in(boss_.phone)
    reader.get("/matching")
    assert "本县原有权重" in reader.text
    answer = reader.send("/matching/weights", follow=False)
    assert answer.status_code == 303
    jobs.work_off()
    address = answer.location
    reader.get(address)
    assert "可以确定学到的权重比本县原有权重更好" in reader.text
    assert f"{address}/on" not in reader.text
    assert reader.get(f"{address}/on").status_code == 404
    chief.get(address)
    assert f"{address}/on" in chief.text
    assert chief.send(f"{address}/on", why="").status_code == 422
    assert chief.send(f"{address}/on", why="问 13800001111").status_code == 422
    assert chief.send(f"{address}/on", follow=False, why="判断更准").status_code == 303
    reader.get("/matching/weights")
    assert "判断更准" in reader.text
    assert chief.send(f"{address}/off", follow=False, why="再看看").status_code == 303
    reader.get("/matching/weights")
    assert "没有启用学到的权重" in reader.text


def test_few_are_said_in_numbers(app: Flask, device: Callable[[], Browser]) -> None:
    boss_ = head()
    outcomes(3)
    number = learned(boss_)
    reader = device()
    reader.sign_in(boss_.phone)
    reader.get(f"/matching/weights/{number}")
    assert "结果只有 3 个，需要 200 个" in reader.text
    assert f"/matching/weights/{number}/on" not in reader.text


def test_another_county_sees_nothing(app: Flask, device: Callable[[], Browser]) -> None:
    number = learned(head())
    stranger = device()
    stranger.sign_in(head(code=people.OTHER_COUNTY).phone)
    assert stranger.get(f"/matching/weights/{number}").status_code == 404
    local = device()
    office = {"office": Office.civil_affairs}
    local.sign_in(people.appoint(Role.coordinator, people.TOWNSHIP, **office).phone)
    assert local.get("/matching/weights").status_code == 404
