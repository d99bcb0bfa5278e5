"""How a pairing does, from what happened and from the three voices: signs, each with its gravity.
The worst sign is the pairing's colour; nobody types a colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.care.rules.visits import Helped
from jiedui.followup.rules import Face, Health
from jiedui.followup.rules.clocks import MEET_WITHIN, Step, come, silence
from jiedui.pairings.rules import SERVING, PairingState, PauseReason

PAUSED_LONG = timedelta(days=28)
UNSETTLED = frozenset({PauseReason.family_wish, PauseReason.consent_withdrawn})


class Sign(StrEnum):
    """What speaks against a pairing's doing well, gravest first."""

    child_sad = "child_sad"
    stopped = "stopped"
    trouble = "trouble"
    silent_long = "silent_long"
    goodbye_overdue = "goodbye_overdue"
    silent = "silent"
    seldom = "seldom"
    child_so_so = "child_so_so"
    paused_long = "paused_long"
    not_met = "not_met"
    not_asked = "not_asked"
    runs_out = "runs_out"


GRAVE = frozenset(
    {Sign.child_sad, Sign.stopped, Sign.trouble, Sign.silent_long, Sign.goodbye_overdue}
)


@dataclass(frozen=True)
class Life:
    """What is known of one pairing on a day. `last` is the last day on which the two met or spoke
    (or on which it began, or went on); `face` and `going` are the latest words; `ask_by` is None
    where nobody is to be asked; `runs_out`: a needed paper of the helper is good, but not
    for long."""

    state: PairingState
    every: timedelta
    last: date | None
    ready_on: date | None = None
    paused_on: date | None = None
    pause: PauseReason | None = None
    goodbye_on: date | None = None
    face: Face | None = None
    going: frozenset[Helped] = frozenset()
    ask_by: date | None = None
    runs_out: bool = False


def signs(life: Life, today: date) -> list[Sign]:
    """What speaks against its doing well, gravest first."""
    found = _of_time(life, today) | _of_voices(life)
    return [sign for sign in Sign if sign in found]


def _of_voices(life: Life) -> set[Sign]:
    return {
        sign
        for sign, holds in {
            Sign.child_sad: life.face is Face.sad,
            Sign.child_so_so: life.face is Face.so_so,
            Sign.trouble: Helped.trouble in life.going,
            Sign.seldom: Helped.seldom in life.going,
        }.items()
        if holds
    }


def _of_time(life: Life, today: date) -> set[Sign]:
    steps: Sequence[Step] = ()
    if life.state in SERVING and life.state is not PairingState.closing and life.last:
        steps = come(silence(life.last, life.every), today)
    paused = life.state is PairingState.paused
    found = {
        Sign.silent_long: Step.office in steps,
        Sign.silent: Step.helper in steps and Step.office not in steps,
        Sign.stopped: paused and life.pause in UNSETTLED,
        Sign.paused_long: paused and _longer(life.paused_on, PAUSED_LONG, today),
        Sign.goodbye_overdue: life.state is PairingState.closing
        and _longer(life.goodbye_on, timedelta(), today),
        Sign.not_met: life.state is PairingState.ready
        and _longer(life.ready_on, MEET_WITHIN, today),
        Sign.not_asked: life.ask_by is not None and life.ask_by < today,
        Sign.runs_out: life.runs_out,
    }
    return {sign for sign, holds in found.items() if holds}


def _longer(since: date | None, time: timedelta, today: date) -> bool:
    return since is not None and today > since + time


def health(found: Sequence[Sign]) -> Health:
    """The colour of the gravest sign; green without any."""
    if any(sign in GRAVE for sign in found):
        return Health.red
    return Health.amber if found else Health.green
