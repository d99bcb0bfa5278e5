"""When a helper goes to a child next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.core import clock
from jiedui.hours.queries.sessions import loggable
from jiedui.hours.rules import next_day
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import SERVING


@dataclass(frozen=True)
class Coming:
    """A pairing a session of which can be logged; `on` is the next weekly day, if it has one."""

    pairing: Pairing
    on: date | None


def coming(helper_id: int) -> list[Coming]:
    """A helper's pairings with the day of the next session, the soonest first."""
    today = clock.today()
    found = [
        Coming(p, next_day(p.slot, today) if p.state in SERVING else None)
        for p in loggable(helper_id)
    ]
    return sorted(found, key=lambda c: (c.on is None, c.on or today, c.pairing.id))
