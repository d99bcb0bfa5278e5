"""The kinds of sheets that this room takes in, and what the calendar does each night."""

from __future__ import annotations

from jiedui.core import clock, db, jobs
from jiedui.hours.actions.anomalies import forget_devices, look_at_new
from jiedui.hours.actions.national import HoursReply
from jiedui.hours.actions.sheets import HoursBefore
from jiedui.hours.actions.stars import grant_star
from jiedui.hours.queries import anomalies, stars
from jiedui.intake.exchange import register

register(HoursBefore())
register(HoursReply())

NIGHTLY = "hours.nightly"
AT_ONCE = 500


@jobs.handles(NIGHTLY, jobs.Timer(NIGHTLY, minute="40", hour="1"))
def nightly(job_id: int, *, county: int) -> dict[str, int]:
    """Look at the entries that are new since the last night, some at a time, each part in a write
    of its own."""
    looked = held = 0
    while True:
        with db.read():
            ids = anomalies.new(county, AT_ONCE)
        if not ids:
            with db.write():
                forget_devices(county)
            return {"looked": looked, "held": held, "stars": _grant(county)}
        with db.write():
            held += look_at_new(ids)
        looked += len(ids)


def _grant(county: int) -> int:
    """Star levels whose days of publicity are over."""
    with db.read():
        over = stars.publicity_over(county, clock.today())
    granted = 0
    for number in over:
        with db.write():
            granted += grant_star(number)
    return granted
