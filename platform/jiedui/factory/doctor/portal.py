"""The portal on it: database, worker, backups."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from jiedui.core import schema, spool
from jiedui.core.jobs import Job, JobState, Pulse
from jiedui.factory import backup
from jiedui.factory.doctor.finding import Finding, ago, ask
from jiedui.settings import Settings

PULSE_OLDEST = timedelta(minutes=5)
WAITS_MOST = timedelta(minutes=30)
BACKUP_OLDEST = timedelta(hours=26)  # a backup every night, and two hours for a slow one


def database(settings: Settings) -> Iterator[Finding]:
    """Reachable, and at the version this portal speaks of."""
    at, wanted = schema.current(settings.database_url), schema.head()
    yield Finding(
        "database",
        at == wanted,
        f"tables at version {at or 'none'}" + ("" if at == wanted else f", wanted {wanted}"),
        "jiedui upgrade",
    )


def worker(settings: Settings) -> Iterator[Finding]:
    """Alive, by its sweep every minute; and nothing waits or fails for long."""
    now = datetime.now(UTC)
    swept = ask(settings, lambda c: c.scalar(select(Pulse.at)))
    alive = swept is not None and now - swept < PULSE_OLDEST
    yield Finding(
        "worker",
        alive,
        f"last swept {ago(now - swept)}" if swept else "has never swept",
        "systemctl restart jiedui-worker (or start `jiedui worker`)",
    )
    waiting = select(Job.id).where(Job.state == JobState.queued, Job.asked_at < now - WAITS_MOST)
    failed = select(Job.kind).where(
        Job.state == JobState.failed, Job.finished_at > now - timedelta(days=1)
    )
    late = ask(settings, lambda c: len(c.execute(waiting).all()))
    kinds = ask(settings, lambda c: sorted({row[0] for row in c.execute(failed)}))
    yield Finding(
        "worker",
        not late and not kinds,
        _work_words(late, kinds),
        "look at the worker's log: journalctl -u jiedui-worker",
    )


def _work_words(late: int, kinds: list[str]) -> str:
    if not late and not kinds:
        return "no work waits long, none failed since yesterday"
    return f"{late} jobs wait over half an hour, failed since yesterday: {', '.join(kinds) or '-'}"


def put_aside(settings: Settings) -> Iterator[Finding]:
    """Reports that came while the database was busy are taken in within minutes."""
    folder = settings.var / spool.FOLDER
    late = spool.stuck(folder, datetime.now(UTC))
    yield Finding(
        "reports",
        not late,
        f"{len(late)} wait in {folder} for over ten minutes" if late else "none waits outside",
        "jiedui worker must run; its log says why one is not taken in (never delete them)",
    )


def backups(settings: Settings) -> Iterator[Finding]:
    """A finished copy that is not older than a night, and agrees with its checksum."""
    cure = "jiedui backup, and enable jiedui-backup.timer"
    found = backup.kept(settings.backups)
    if not found:
        yield Finding("backup", not settings.production, f"none in {settings.backups}", cure)
        return
    newest = found[-1]
    age = datetime.now(UTC) - datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    yield Finding("backup", age < BACKUP_OLDEST, f"{newest.name}, made {ago(age)}", cure)
    try:
        backup.check(settings, newest)
    except backup.BadBackup as error:
        yield Finding("backup", False, str(error), "make a new one: jiedui backup")
        return
    yield Finding("backup", True, "whole, and can be read with these keys" + _apart(settings))


def _apart(settings: Settings) -> str:
    """A hint, no fault: a disk that dies takes a copy on it along."""
    same = settings.backups.stat().st_dev == settings.var.stat().st_dev
    return " (on the same disk as the data: copy it to another machine)" if same else ""
