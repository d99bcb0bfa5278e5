"""Server and worker are killed in the middle of the town's work, started again, and asked."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from datetime import datetime

from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.jobs import Job, JobState, Pulse
from jiedui.intake import actions as sheets
from jiedui.intake.models import ImportBatch
from jiedui.intake.rules import SheetState
from tests.reliability import truth
from tests.reliability.portal import Portal
from tests.reliability.town import Day, Town

LONGEST, QUIET = 1.8, 120  # seconds of work before a blow; seconds to finish what was begun
COLD = 10  # of so many starts one reads the code anew, and is timed


@dataclass
class Tally:
    """What a run of cycles has seen."""

    seed: int
    cycles: int = 0
    acked: int = 0
    unanswered: int = 0
    back: list[float] = field(default_factory=list)  # seconds until there is an answer again
    caught: dict[str, int] = field(default_factory=dict)  # what the blow came down upon

    def line(self) -> str:
        """One line to read, with what is needed to run it again."""
        caught = ", ".join(f"{what} {n}" for what, n in sorted(self.caught.items()))
        return (
            f"seed {self.seed}: {self.cycles} kills, {self.acked} acknowledged, "
            f"{self.unanswered} unanswered and sent again, nothing lost, doubled or half; back in "
            f"{max(self.back):.2f} s at most, {sorted(self.back)[len(self.back) // 2]:.2f} s "
            f"in the middle; in the middle of: {caught or 'nothing'}"
        )


def run(portal: Portal, town: Town, cycles: int, seed: int) -> Tally:
    """So many kills; raises AssertionError with the seed and the first thing that is wrong."""
    chance, tally, day = random.Random(seed), Tally(seed), Day(town, portal.port)
    try:
        portal.start_warm()
        day.open_up()
        for number in range(cycles):
            _cycle(portal, day, chance.random() * LONGEST, tally, cold=number % COLD == 0)
        _finish()
        _assert_true(day, tally)
    finally:
        portal.close()
    return tally


def _cycle(portal: Portal, day: Day, seconds: float, tally: Tally, *, cold: bool) -> None:
    _wait_for_worker(day.started)
    threads = day.begin()
    time.sleep(seconds)
    portal.kill()
    day.over.set()
    for one in threads:
        one.join(60)
    _note(day, tally)
    db.database().close()  # whoever comes first finds the file as the blow left it
    day.started = clock.now()
    if cold:
        portal.start("--worker")
        tally.back.append(portal.seconds)
    else:
        portal.start_warm()
    _assert_true(day, tally)
    day.books.send_again()
    _assert_true(day, tally)
    assert portal.errors() == [], portal.errors()[0]
    day.next_proposal()


def _wait_for_worker(began: datetime) -> None:
    """Until the worker that was started then has swept."""
    until = time.monotonic() + QUIET
    while True:
        with db.read():
            pulse = db.session.get(Pulse, "sweep")
            if pulse is not None and pulse.at > began:
                return
        assert time.monotonic() < until, "no worker"
        time.sleep(0.02)


def _note(day: Day, tally: Tally) -> None:
    tally.cycles += 1
    tally.acked, tally.unanswered = len(day.books.acked), tally.unanswered + len(day.books.open)
    with db.read():
        running = [one.kind for one in db.session.query(Job).where(Job.state == JobState.running)]
    for kind in [*running, *(one.kind for _device, one in day.books.open)]:
        tally.caught[kind] = tally.caught.get(kind, 0) + 1


def _assert_true(day: Day, tally: Tally) -> None:
    told = f"seed {tally.seed}, kill {tally.cycles}: "
    assert not day.books.turned_away, f"{told}{day.books.turned_away[:3]}"
    found = truth.faults(day.books)
    assert not found, f"{told}{found[:5]}"


def _finish() -> None:
    """What the worker was at comes to its end; what has been tried too often is asked for again,
    as the calendar does every ten minutes."""
    until = time.monotonic() + QUIET
    while left := truth.unfinished():
        assert time.monotonic() < until, left
        _ask_again()
        time.sleep(0.2)


def _ask_again() -> None:
    with db.write():
        for batch in db.session.query(ImportBatch).where(
            ImportBatch.state.in_((SheetState.uploaded, SheetState.taking))
        ):
            if batch.job is None or batch.job.state is JobState.failed:
                sheets.go_on(batch, by=SYSTEM)
