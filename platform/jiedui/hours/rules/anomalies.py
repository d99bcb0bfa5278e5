"""What makes an entry worth a look. A finding holds the entry until a person has looked; it
punishes nobody and says nothing of anybody's honesty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from jiedui.hours.rules.ledger import HeldFor
from jiedui.hours.rules.sessions import Span
from jiedui.regions.rules import great_circle_km

Point = tuple[float, float]  # latitude and longitude in degrees

DAY_USUAL = timedelta(hours=8)
NIGHT_FROM, NIGHT_UNTIL = time(22), time(6)
FASTEST = 80  # km/h on mountain roads: more is not by road
NEAR = 2  # km within which the map is no measure
ROUND_LEAST = 8  # so many entries in a row with full hours only
ROUND_SPANS = 4  # ... of so many different times: a weekly habit is no finding
BURST_MOST = 60
BURST_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Stop:
    """One session of a day and where it was, if that is known."""

    span: Span
    point: Point | None


def at_night(start: time, end: time) -> bool:
    """Whether a session (of one day) reaches into the hours between ten and six."""
    return start < NIGHT_UNTIL or end > NIGHT_FROM or start >= NIGHT_FROM


def too_fast(said: Stop, others: Sequence[Stop]) -> bool:
    """Whether somebody would have been in two places faster than a road allows."""
    return any(_too_fast(said, other) for other in others)


def _too_fast(one: Stop, other: Stop) -> bool:
    if one.point is None or other.point is None:
        return False
    km = great_circle_km(one.point, other.point)
    first, second = sorted((one, other), key=lambda stop: stop.span.start)
    hours = (second.span.start - first.span.end).total_seconds() / 3600
    return km > NEAR and km > max(hours, 0) * FASTEST


def finding(said: Stop, begun: time, ended: time, others: Sequence[Stop]) -> HeldFor | None:
    """What of a session stands out on its day, the gravest first."""
    if too_fast(said, others):
        return HeldFor.far_apart
    total = said.span.length + sum((o.span.length for o in others), timedelta())
    if total > DAY_USUAL:
        return HeldFor.long_day
    return HeldFor.night if at_night(begun, ended) else None


def only_round(times: Sequence[tuple[time, time]]) -> bool:
    """Whether the last entries of somebody, typed by hand, all have full hours and are no habit."""
    last = times[:ROUND_LEAST]
    full = all(t.minute == 0 for pair in last for t in pair)
    return len(last) == ROUND_LEAST and full and len(set(last)) >= ROUND_SPANS


def in_burst(verified: Sequence[datetime]) -> int | None:
    """Of what one person verified, in the order of time: from which one on it is a burst."""
    for n in range(BURST_MOST, len(verified)):
        if verified[n] - verified[n - BURST_MOST] <= BURST_WITHIN:
            return n
    return None
