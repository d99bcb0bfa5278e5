"""How the demo's pairings were followed up: what child, carer and helper said in the first month
and lately, last words at an end, and a family that said stop."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

from jiedui.access.rules import Actor, Role
from jiedui.care.rules.visits import Helped
from jiedui.core import clock
from jiedui.demo.acts import Stage
from jiedui.followup import actions
from jiedui.followup.actions import Word
from jiedui.followup.rules import Face, Through, Voice, Who
from jiedui.pairings.queries import life as find
from jiedui.pairings.rules import PairingState

SEED = 20261127  # of its own, so that the rest of the year goes as it went
FIRST_MONTH, ASKED_LATELY, FORGOTTEN = (12, 27), (3, 60), 0.06
FACES = (Face.glad,) * 66 + (Face.so_so,) * 3 + (Face.sad,)
GOING = (Helped.well,) * 66 + (Helped.seldom,) * 3 + (Helped.trouble,)
CLOCKS = "followup.clocks"


def play(stage: Stage) -> None:
    """Every living pairing that has met was asked, but for a few; of those that have ended most."""
    chance, today = Random(SEED), clock.today()
    with stage.read():
        living = _ids(stage, PairingState.trial, PairingState.active)
        over = _ids(stage, PairingState.closing, PairingState.closed)
    for number in living:
        if chance.random() > FORGOTTEN:
            _ask(stage, number, chance, today)
    for number in over[::2]:
        _last_words(stage, number, chance, today)
    _stop(stage, living[len(living) // 2])
    with stage.on(today, 8):
        stage.calendar(CLOCKS)


def _ids(stage: Stage, *states: PairingState) -> list[int]:
    return sorted(n for state in states for n in find.in_state(stage.county_id, state))


def _ask(stage: Stage, number: int, chance: Random, today: date) -> None:
    with stage.read():
        met = find.get(number).first_meeting_on
    if met is None:
        return
    days = [met + timedelta(days=n) for n in FIRST_MONTH]
    days.append(today - timedelta(days=chance.randint(*ASKED_LATELY)))
    for day in sorted(day for day in days if met < day < today):
        _hear(stage, number, day, chance, (Voice.child, chance.choice((Voice.carer, Voice.helper))))


def _last_words(stage: Stage, number: int, chance: Random, today: date) -> None:
    with stage.read():
        pairing = find.get(number)
        day = min(pairing.closed_on or today, today)
        if pairing.first_meeting_on is None or day < pairing.first_meeting_on:
            return
    _hear(stage, number, day, chance, Voice)


def _hear(stage: Stage, number: int, day: date, chance: Random, voices: Iterable[Voice]) -> None:
    said = [_word(voice, chance) for voice in voices]
    with stage.on(day, 19), stage.write():
        pairing = find.get(number)
        by = _director(stage, pairing)
        actions.hear(pairing, said, day, chance.choice((Through.call, Through.visit)), by=by)


def _word(voice: Voice, chance: Random) -> Word:
    if voice is Voice.child:
        return Word(voice, chance.choice(FACES), alone=chance.random() < 0.9)
    return Word(voice, going=chance.choice(GOING))


def _stop(stage: Stage, number: int) -> None:
    """A grandmother presses the button of her card."""
    with stage.on(clock.today() - timedelta(days=2), 18):
        with stage.write():
            pairing = find.get(number)
            token = actions.make_key(pairing, by=_director(stage, pairing))
        with stage.write():
            actions.stop_by_key(token, Who.carer)


def _director(stage: Stage, pairing: Any) -> Actor:
    return stage.official(Role.child_director, pairing.need.household.village.code)
