"""When a helper goes to a child next, and what of the last time is not on record yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.core import clock
from jiedui.hours.queries.sessions import last_of, loggable
from jiedui.hours.rules import last_day, next_day
from jiedui.hours.rules.ledger import RECORD_WITHIN
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import SERVING


@dataclass(frozen=True)
class Coming:
    """A pairing a session of which can be logged; `on` is the next weekly day, if it has one.
    `unrecorded` is the last weekly day without a session, to be on record by `record_by`: ten
    working days after it (民政部令第67号 art. 12)."""

    pairing: Pairing
    on: date | None
    unrecorded: date | None = None
    record_by: date | None = None

    @property
    def days_left(self) -> int | None:
        """How many days are left to put the last one on record; below nothing when it is late."""
        return None if self.record_by is None else (self.record_by - clock.today()).days


def coming(helper_id: int) -> list[Coming]:
    """A helper's pairings with the day of the next session, the soonest first."""
    today = clock.today()
    found = [_of(p, today) for p in loggable(helper_id)]
    return sorted(found, key=lambda c: (c.on is None, c.on or today, c.pairing.id))


def _of(pairing: Pairing, today: date) -> Coming:
    if pairing.state not in SERVING:
        return Coming(pairing, None)
    on, last = next_day(pairing.slot, today), last_day(pairing.slot, today)
    met, held = pairing.first_meeting_on, last_of(pairing.id)
    open_still = held is None or held.on < last
    if pairing.slot is None or met is None or last <= met or last == today or not open_still:
        return Coming(pairing, on)
    return Coming(pairing, on, last, clock.working_days_after(last, RECORD_WITHIN))
