"""The demo county, from its first day a year ago until today."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

from jiedui.access.rules import Role
from jiedui.core import clock
from jiedui.core.actors import SYSTEM
from jiedui.demo import (
    applying,
    asking,
    before,
    classes,
    contact,
    counselling,
    courses,
    events,
    exchange,
    families,
    following,
    gifts,
    groups,
    guardians,
    letters,
    money,
    officials,
    people,
    places,
    reviews,
    safety,
    support,
    worries,
)
from jiedui.demo.acts import Stage
from jiedui.demo.invented import Inventor
from jiedui.demo.officials import Personnel, SignIn
from jiedui.demo.visiting import Visiting
from jiedui.demo.year import Year
from jiedui.files.actions.watching import count_village
from jiedui.pairings.queries import life as find
from jiedui.pairings.rules import CloseReason, PairingState
from jiedui.regions import actions as regions
from jiedui.regions import queries as where
from jiedui.regions.exchange import read_csv
from jiedui.regions.rules import Setting

SEED = 20261125
DIVISIONS = Path(__file__).resolve().parent / "data" / "regions-360733.csv"
# Rounds so many days before today; each is decided, answered and met in the days after.
EARLY_WISHES, EARLY_HELPERS = 680, 320
LATE_WISHES, LATE_HELPERS = 780, 360
ROUNDS = (300, 240, 170, 100, 45)
Open = Callable[[], AbstractContextManager[Any]]


def load(write: Open, read: Open, say: Callable[[str], None]) -> list[SignIn]:
    """Play the year; returns the accounts that have passwords."""
    stage, personnel = _begin(write, read, say)
    today = clock.today()
    with stage.on(today - timedelta(days=360)):
        say("children and their wishes")
        homes = families.open_places(stage)
        kids = families.register_children(stage, homes)
        wishes = families.wishes_of(stage, kids)
        early = families.raise_needs(stage, homes, wishes[:EARLY_WISHES])
    with stage.on(today - timedelta(days=357)):
        families.confirm_urgency(stage, early)
    with stage.on(today - timedelta(days=340)):
        say("helpers and their vetting")
        spread = people.where_they_live(stage, homes)
        people.vet(stage, people.register_helpers(stage, spread[:EARLY_HELPERS], personnel))
    say("care agreements")
    guardians.entrust(stage, today - timedelta(days=290))
    say("support")
    support.play(stage)
    year = Year(stage, Visiting.of(stage, today - timedelta(days=350)))
    _play(year, say)
    say("the last weeks")
    with stage.on(today - timedelta(days=16)):
        later = families.raise_needs(stage, homes, wishes[EARLY_WISHES:LATE_WISHES])
        families.confirm_urgency(stage, later)
        late = spread[EARLY_HELPERS:LATE_HELPERS]
        people.vet(stage, people.register_helpers(stage, late, personnel))
    _last_weeks(year)
    with stage.on(today - timedelta(days=1)):
        families.raise_needs(stage, homes, wishes[LATE_WISHES:])
        people.vet(stage, people.register_helpers(stage, spread[LATE_HELPERS:], personnel))
    _as_it_stands(stage, year)
    say("counselling")
    counselling.play(stage, personnel)
    return _with_children_first(stage, personnel.staff.sign_ins)


def _with_children_first(stage: Stage, found: list[SignIn]) -> list[SignIn]:
    """Of those who help first who goes to a child: whoever looks around finds something."""
    with stage.read():
        serving = find.in_state(stage.county_id, PairingState.active)
        phones = {pairing.helper.phone for pairing in find.several(serving)}
    helps = {Role.volunteer.value, Role.social_worker.value}
    return sorted(found, key=lambda one: (one.role in helps, one.username not in phones))


def _as_it_stands(stage: Stage, year: Year) -> None:
    """What the reader finds besides: lists, worries, papers, plans, reviews, sheets."""
    today = clock.today()
    before.bring_lists(stage, today)
    guardians.settle(stage)
    people.ask_police(stage, today - timedelta(days=3), answered=False)
    worries.play(stage)
    asking.play(stage)
    applying.play(stage)
    gifts.play(stage)
    money.play(stage)
    places.play(stage)
    safety.play(stage)
    stage.say("following up")
    following.play(stage)
    year.learn(today)
    year.hold_round(today, publish=False)
    stage.say("agreements and plans")
    contact.play(stage)
    stage.say("holiday classes")
    classes.play(stage)
    groups.play(stage)
    courses.play(stage)
    stage.say("prevention")
    events.play(stage)
    stage.say("quarterly reviews")
    reviews.play(stage)
    stage.say("sheets")
    exchange.bring_sheets(stage, today)
    _watched(stage)


def _watched(stage: Stage) -> None:
    """The night has counted signs of risk in every village."""
    with stage.read():
        villages = [one.id for one in where.villages(where.get(stage.county_id).path)]
    with stage.write():
        for number in villages:
            count_village(where.get(number))


def _begin(write: Open, read: Open, say: Callable[[str], None]) -> tuple[Stage, Personnel]:
    say("divisions and offices")
    inventor = Inventor(SEED)
    first_day = clock.at(clock.today() - timedelta(days=365), 8)
    with clock.moved_to(first_day), write():
        county = regions.start_county(read_csv(DIVISIONS), by=SYSTEM)
        regions.set_for_county(county, Setting.duty_phone, "0797-0000000", by=SYSTEM)
        personnel = Personnel(inventor, county.id)
        officials.appoint_county(personnel)
        officials.appoint_townships(personnel)
    return Stage(write, read, say, inventor, county.id, personnel.staff), personnel


def _play(year: Year, say: Callable[[str], None]) -> None:
    today, before = clock.today(), 330
    for number, ago in enumerate(ROUNDS, start=1):
        say(f"round {number} of {len(ROUNDS)}")
        _serve(year, before, ago)
        day = today - timedelta(days=ago)
        proposed = year.hold_round(day)
        year.decide(day + timedelta(days=2), proposed)
        year.answer(day + timedelta(days=5), proposed)
        year.meet(day + timedelta(days=10), proposed)
        year.nights(day + timedelta(days=20))
        people.ask_police(year.stage, day + timedelta(days=14), answered=True)
        before = ago - 11
        if number in (3, 4):
            year.part(day + timedelta(days=12), 9, CloseReason.goal_reached)
    _serve(year, before, 6)


def _serve(year: Year, first: int, last: int) -> None:
    today = clock.today()
    while first > last:
        until = max(first - 28, last)
        year.serve(today - timedelta(days=first), today - timedelta(days=until + 1))
        year.visiting.until(today - timedelta(days=until))
        year.nights(today - timedelta(days=until))
        first = until


def _last_weeks(year: Year) -> None:
    """Something stands in every state when the reader comes: waiting for approval, for answers,
    for a first meeting; paused, about to end; declared hours; a draft of this morning."""
    today = clock.today()
    letters.choose(year.stage)
    proposed = year.hold_round(today - timedelta(days=9))
    year.decide(today - timedelta(days=7), proposed, share=0.7)
    year.answer(today - timedelta(days=4), proposed, share=0.6)
    year.meet(today - timedelta(days=2), proposed, share=0.5)
    year.unsettle(today - timedelta(days=2))
    year.serve(today - timedelta(days=6), today - timedelta(days=1), verified=0.1)
    year.visiting.until(today - timedelta(days=1))
    year.visiting.screen()
    year.nights(today)
