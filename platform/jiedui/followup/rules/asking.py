"""When a pairing is asked about next: twice in the first month, then with the ordinary visit; every
month only where something is amiss.

MENTOR's Elements of Effective Practice ask for two contacts in the first month and one a month
after; a county's people have no such time, so that a visit at which the household was asked about
its helper counts, and a pairing that does well waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from jiedui.followup.rules import Health

FIRST_MONTH = (timedelta(days=14), timedelta(days=30))
EVERY = {
    Health.green: timedelta(days=92),
    Health.amber: timedelta(days=30),
    Health.red: timedelta(days=30),
}


def ask_by(began: date, heard: Iterable[date], health: Health) -> date:
    """Until when somebody of the family or the helper is to be heard next. `heard` are the days on
    which anybody was, at a visit too; a day before the pairing began counts for nothing."""
    days = sorted({day for day in heard if day >= began})
    if len(days) < len(FIRST_MONTH):
        return began + FIRST_MONTH[len(days)]
    return days[-1] + EVERY[health]
