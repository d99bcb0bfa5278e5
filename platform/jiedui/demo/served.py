"""Sessions of the demo county: checked in by a carer's code or at a place, else declared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from jiedui.access.rules import Actor
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.hours import actions as hours
from jiedui.hours import queries as served
from jiedui.hours.actions import NewSession
from jiedui.hours.rules import Evidence, SessionKind
from jiedui.hours.rules.codes import step_at
from jiedui.needs.rules import Where

TURNS = {0: (time(9), time(10, 30)), 1: (time(15), time(16, 30)), 2: (time(19), time(20))}


@dataclass
class Served:
    """Who has a strip of codes at home, and how much of it is left."""

    strips: dict[int, list[str]] = field(default_factory=dict)

    def log(self, pairing: Any, day: date, part: int, by: Actor, director: Actor) -> Any:
        """One session at its end: two scans where the pair meets at a place with a screen at the
        door, the next code of the strip at other doors, else by hand. None if it cannot be true."""
        place = pairing.need.place
        try:
            if place is not None and place.id % 3 == 0:
                return self._scanned(pairing, day, part, by)
            return self._typed(pairing, day, part, by, director)
        except Refusal:
            return None  # before the first meeting, or the same hour is taken

    def _scanned(self, pairing: Any, day: date, part: int, by: Actor) -> Any:
        starts, ends = TURNS[part]
        place = pairing.need.place
        if served.other_spans(pairing.helper_id, day):
            return None  # somebody else was there that day
        with clock.moved_to(clock.at(day, starts.hour, starts.minute)):
            stay = hours.arrive(pairing, pairing.helper, place, _sign(place.id), by=by)
        with clock.moved_to(clock.at(day, ends.hour, ends.minute)):
            return self._left(stay, by)

    def _left(self, stay: Any, by: Actor) -> Any:
        try:
            return hours.leave(stay, stay.place, _sign(stay.place_id), by=by)
        except Refusal:
            hours.drop_stay(stay, by=by)
            return None

    def _typed(self, pairing: Any, day: date, part: int, by: Actor, director: Actor) -> Any:
        starts, ends = TURNS[part]
        online = pairing.need.where in (Where.online, Where.phone)
        kind = SessionKind.video if online else SessionKind.meeting
        place = pairing.need.place.name if pairing.need.place else ""
        code = "" if online or pairing.id % 2 else self._next(pairing, director)
        with clock.moved_to(clock.at(day, ends.hour, ends.minute)):
            return hours.log_session(
                pairing, NewSession(day, starts, ends, kind, at_place=place, code=code), by=by
            )

    def _next(self, pairing: Any, director: Actor) -> str:
        """The next code at the carer's; a strip that is used up is printed anew."""
        if not self.strips.get(pairing.id):
            self.strips[pairing.id] = hours.print_strip(pairing, by=director)
        return self.strips[pairing.id].pop(0)


def _sign(place_id: int) -> tuple[int, str]:
    step = step_at(clock.now())
    return step, served.sign_of(place_id, step)


def by_hand(sessions: list[Any]) -> list[Any]:
    """Those that wait for the weekly list."""
    return [one for one in sessions if one.evidence is Evidence.declared]
