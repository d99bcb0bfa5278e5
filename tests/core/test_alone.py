"""A worker that finds nobody else at work takes up at once what one that was killed has left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from flask import Flask

from jiedui.core import alone, clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.core.jobs import TRIES, Job, JobState
from tests.house.tree import ROOT

# Another process that is at work until it is killed.
OTHER = """
import sys
from pathlib import Path
from jiedui.core import alone, db
db.connect(sys.argv[2])
with alone.at_work(Path(sys.argv[1]), lambda: None):
    print("at work", flush=True)
    sys.stdin.read()
"""


def left_running(tries: int = 1) -> int:
    """A job that somebody was at."""
    with db.write():
        job = jobs.ask(next(iter(jobs.handlers())), by=SYSTEM)
        job.state, job.started_at, job.tries = JobState.running, clock.now(), tries
        return job.id


def state(number: int) -> JobState:
    """How a job stands."""
    with db.read():
        return db.session.get_one(Job, number).state


def another(var: Path) -> subprocess.Popen[bytes]:
    """Somebody else who is at work."""
    said = [sys.executable, "-c", OTHER, str(var), db.database().url]
    env = {"PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}"}
    other = subprocess.Popen(said, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)
    assert other.stdout is not None
    assert other.stdout.readline() == b"at work\n"
    return other


def test_what_a_killed_worker_left_is_taken_up_by_the_next(
    either_app: Flask, tmp_path: Path
) -> None:
    """At once; and not while another one is at work, who may be at it.

    Seen failing: with the lock never asked for, and with `if_alone` called all the same."""
    number, other = left_running(), another(tmp_path)
    with alone.at_work(tmp_path, jobs.free):
        assert state(number) is JobState.running
    other.kill()
    other.wait()
    with alone.at_work(tmp_path, jobs.free):
        assert state(number) is JobState.queued
    for end in (other.stdin, other.stdout):
        assert end is not None
        end.close()


def test_two_may_be_at_work(either_app: Flask, tmp_path: Path) -> None:
    """The second does not wait for the first to leave."""
    number, other = left_running(), another(tmp_path)
    with alone.at_work(tmp_path, jobs.free):
        pass
    other.communicate(b"")
    assert other.returncode == 0
    assert state(number) is JobState.running


def test_what_was_tried_too_often_has_failed(app: Flask, tmp_path: Path) -> None:
    """Work that kills its worker each time is not begun for ever."""
    number = left_running(TRIES)
    with alone.at_work(tmp_path, jobs.free):
        assert state(number) is JobState.failed
