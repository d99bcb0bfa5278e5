"""Long work, off the web process. The truth of a job is a row in the portal's database, written
in the transaction that asks for it; the queue only carries its number to a worker.

A sweep sends again what was committed and never carried, so every job may run twice: a handler
must see for itself whether its work is done already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import structlog
from huey import Huey, RedisHuey, SqliteHuey, crontab
from sqlalchemy import JSON, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from jiedui.core import clock, db
from jiedui.core.actors import By
from jiedui.core.states import Transitions

TRIES = 3
STUCK_AFTER = timedelta(minutes=30)
log = structlog.get_logger(__name__)


class JobState(StrEnum):
    """Where a job stands."""

    queued = "queued"
    running = "running"
    done = "done"
    failed = "failed"


MOVES = Transitions(
    {
        JobState.queued: {JobState.running},
        JobState.running: {JobState.done, JobState.failed, JobState.queued},
    }
)


class Job(db.Base):
    """One piece of long work and how far it has come. `error` names a class, never a value."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_asked_at", "state", "asked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[str] = mapped_column(String(60))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[JobState] = mapped_column(db.choice(JobState), default=JobState.queued)
    step: Mapped[str] = mapped_column(String(60), default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(80))
    result: Mapped[Any | None] = mapped_column(JSON)


class Pulse(db.Base):
    """When a worker last swept: how anybody sees that one is alive."""

    __tablename__ = "pulse"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)


Handler = Callable[..., Any]
_handlers: dict[str, Handler] = {}
_sweepers: list[Callable[[], None]] = []


@dataclass(frozen=True)
class Timer:
    """A kind of job that is asked for by the calendar, in China's time."""

    kind: str
    minute: str = "0"
    hour: str = "*"
    weekday: str = "*"


_timers: list[Timer] = []
_queue: Huey | None = None
_carry: Any = None


def handles(kind: str, *timers: Timer) -> Callable[[Handler], Handler]:
    """Name the function that does this kind of work: handler(job_id, **args) -> result or None.
    It opens its own transactions and must bear running twice."""

    def keep(handler: Handler) -> Handler:
        _handlers[kind] = handler
        for timer in timers:
            if timer not in _timers:
                _timers.append(timer)
        return handler

    return keep


def each_sweep(work: Callable[[], None]) -> Callable[[], None]:
    """Name something that every sweep does: small work that waits outside the database."""
    if work not in _sweepers:
        _sweepers.append(work)
    return work


def connect(queue_url: str, var: Path) -> None:
    """Reach the queue: a SQLite file of its own by default, Redis by address."""
    global _queue, _carry
    if queue_url.startswith("redis"):
        _queue = RedisHuey("jiedui", url=queue_url)
    else:
        _queue = SqliteHuey("jiedui", filename=str(var / "queue.db"), fsync=True)
    _carry = _queue.task()(run)


def disconnect() -> None:
    """Forget the queue: jobs stay rows until work_off() or a worker's sweep takes them."""
    global _queue, _carry
    _queue = _carry = None


def queue() -> Huey:
    """The queue, for the worker that consumes it."""
    if _queue is None:
        raise RuntimeError("no queue is connected")
    return _queue


def ask(kind: str, *, by: By, county_id: int | None = None, **args: Any) -> Job:
    """Ask for work in the open transaction; it is carried to a worker once that has committed."""
    if kind not in _handlers:
        raise KeyError(kind)
    job = Job(
        kind=kind, args=args, county_id=county_id, asked_by=by.account_id, asked_at=clock.now()
    )
    job.state = JobState.queued
    db.session.add(job)
    db.session.flush()  # the queue carries the number
    number = job.id
    db.after_commit(lambda: send(number))
    return job


def send(number: int) -> None:
    """Carry a number to the workers; a queue that is away is no loss, the sweep sends again."""
    if _carry is None:
        return
    try:
        _carry(number)
    except Exception as error:  # the row is committed; whatever the queue's trouble is
        log.warning("job not carried", job=number, error=type(error).__name__)


def progress(number: int, step: str, done: int = 0, total: int = 0) -> None:
    """Say how far a job has come, so that a page can show it."""
    with db.note():
        job = db.session.get_one(Job, number)
        job.step, job.done, job.total = step, done, total


def run(number: int) -> None:
    """Do one job, if it still waits."""
    with db.note():
        job = db.lock(Job, number)
        if job is None or job.state is not JobState.queued:
            return
        job.state, job.started_at, job.tries = JobState.running, clock.now(), job.tries + 1
        kind, args = job.kind, dict(job.args)
    try:
        result = _handlers[kind](number, **args)
    except Exception as error:
        log.exception("job failed", job=number, kind=kind, error=type(error).__name__)
        _finish(number, error=type(error).__name__)
    else:
        _finish(number, result=result)


def _finish(number: int, *, result: Any = None, error: str | None = None) -> None:
    with db.note():
        job = db.session.get_one(Job, number)
        again = error is not None and job.tries < TRIES
        new = JobState.queued if again else JobState.failed if error else JobState.done
        MOVES.require(job.state, new)
        job.state, job.error, job.result = new, error, result
        job.finished_at = None if again else clock.now()


def waiting() -> list[int]:
    """Numbers of the jobs that wait, oldest first."""
    with db.read():
        rows = select(Job.id).where(Job.state == JobState.queued).order_by(Job.id)
        return list(db.session.scalars(rows))


def work_off(limit: int = 1000) -> int:
    """Do everything that waits, here and now; returns how many jobs ran."""
    ran = 0
    while (numbers := waiting()) and ran < limit:
        for number in numbers:
            run(number)
            ran += 1
    return ran


def free(before: datetime | None = None) -> None:
    """Let what was left at work wait again: what began before an instant, or all of it when nobody
    can be at it any more (see `alone`)."""
    with db.note():
        left = select(Job).where(Job.state == JobState.running)
        if before is not None:
            left = left.where(Job.started_at < before)
        for job in db.session.scalars(left):
            job.state = JobState.queued if job.tries < TRIES else JobState.failed


def sweep() -> None:
    """Send again what waits, and free what a killed worker left running."""
    free(clock.now() - STUCK_AFTER)
    with db.note():
        db.session.merge(Pulse(name="sweep", at=clock.now()))
    for work in _sweepers:
        try:
            work()
        except Exception as error:  # whatever it is, the jobs behind it must be carried
            log.exception("sweep", work=work.__name__, error=type(error).__name__)
    for number in waiting():
        send(number)


def in_china(timer: Timer) -> Callable[[datetime], bool]:
    """Whether a timer is due at a moment. The queue counts in UTC, a county in China's time."""
    due = crontab(minute=timer.minute, hour=timer.hour, day_of_week=timer.weekday)
    return lambda moment: bool(due(clock.local(moment.replace(tzinfo=UTC))))


def start_timers(ask_for: Callable[[str], None]) -> None:
    """Give the queue its calendar: the sweep every minute, and every room's timers."""
    queue().periodic_task(crontab(minute="*"), name="sweep")(sweep)
    for timer in _timers:
        when = in_china(timer)
        name = f"{timer.kind} {timer.minute} {timer.hour} {timer.weekday}"
        queue().periodic_task(when, name=name)(lambda kind=timer.kind: ask_for(kind))


def handlers() -> Mapping[str, Handler]:
    """Every kind of work there is."""
    return _handlers
