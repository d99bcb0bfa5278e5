"""Whatever is done in whatever order, against the real database: nobody helps more children than
they can, no hour counts twice, and nothing is open that nobody has agreed to.

Small runs here; the longer ones take two thousand steps and more each.

Seen failing: with a helper who may wish for one child fewer than they are paired with; with a
guardian's no that closes nothing a yes has opened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from jiedui.core import clock
from tests.builders.hours import evening_after, home_of, two_pairs
from tests.hours.test_any_order import Hours, beside
from tests.reliability.capacity import Capacity, full_house
from tests.reliability.consent import Agreement, one_family

FEW, MANY = (8, 25), (52, 40)  # runs, and steps of each
SIZES = [FEW, pytest.param(MANY, marks=pytest.mark.reliability)]
ids = ["few", "many"]


def play(machine: type[RuleBasedStateMachine], size: tuple[int, int]) -> None:
    """Let it run."""
    runs, steps = size
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=size == FEW,
            phases=[Phase.generate],  # a run against a real database is not made shorter in minutes
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def given(machine: type[RuleBasedStateMachine], **facts: Any) -> type[RuleBasedStateMachine]:
    """The machine with the people it plays with."""
    return type("Played", (machine,), facts)


@pytest.mark.parametrize("size", SIZES, ids=ids)
def test_nobody_helps_more_children_than_they_can(app: Flask, size: tuple[int, int]) -> None:
    play(given(Capacity, house=full_house()), size)


@pytest.mark.parametrize("size", SIZES, ids=ids)
def test_nothing_is_open_that_nobody_has_agreed_to(app: Flask, size: tuple[int, int]) -> None:
    play(given(Agreement, family=one_family()), size)


@pytest.mark.reliability
def test_no_hour_counts_twice(app: Flask) -> None:
    """The machine of the room of hours (tests/hours/test_any_order.py), for longer."""
    pairs = two_pairs()
    home, second = home_of(pairs[0]), beside(pairs[0])
    with evening_after(4) as day:
        play(given(Hours, pairs=pairs, beside=second, today=day, place_id=home), MANY)
    assert clock.today() < day + timedelta(days=1)
