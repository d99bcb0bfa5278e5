"""A report is kept even when the database is busy, locked or away, and comes in exactly once.

Made to catch: no hasty note (the reporter waits half a minute), a file that is deleted before the
commit, a key that is not used up when a report is taken in, a spool that a busy database stops.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import OperationalError

from jiedui.access.rules import Role
from jiedui.core import db, jobs, spool
from jiedui.core.outbox import Letter
from jiedui.factory.doctor.portal import put_aside
from jiedui.protection.models import Report
from tests import people
from tests.client import Browser
from tests.protection.test_asking import asked
from tests.protection.test_door import number_and_secret, reports


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Another process writes and does not come to an end."""
    url = db.database().url
    if url.startswith("sqlite"):
        other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()
        return
    engine = create_engine(url)
    with engine.connect() as other_one:
        other_one.execute(text("LOCK TABLE report, audit_head IN ACCESS EXCLUSIVE MODE"))
        yield
    engine.dispose()


def files(app: Flask) -> list[Path]:
    """What was put aside."""
    return list(spool.waiting(folder=Path(app.config["SETTINGS"].var) / spool.FOLDER))


def filled(device: Browser, **fields: str) -> dict[str, str]:
    """The form of the report page, filled in."""
    device.get("/report")
    return {**device._hidden("/report"), **fields}


def test_a_report_while_another_holds_the_database(either_app: Flask) -> None:
    """Number and secret come within seconds; the sweep takes it in once; both then open it."""
    officer = people.appoint(Role.duty_officer)
    stranger = Browser(either_app)
    form = filled(stranger, what="孩子身上有伤", where="上村")
    started = time.monotonic()
    with locked(either_app):
        stranger.page = stranger.http.post("/report", data=form)
    assert time.monotonic() - started < 15
    number, secret = number_and_secret(stranger)
    assert "已安全保存" in stranger.words
    assert reports() == []
    assert len(files(either_app)) == 1
    jobs.sweep()
    jobs.sweep()
    (kept,) = reports()
    assert (kept.number, kept.what, kept.where) == (number, "孩子身上有伤", "上村")
    assert files(either_app) == []
    assert "报告已收到" in asked(either_app, number, secret).words
    with db.read():
        told = list(db.session.scalars(select(Letter.to_account_id)))
    assert told == [officer.account_id]


def test_it_lies_sealed(app: Flask) -> None:
    stranger = Browser(app)
    form = filled(stranger, what="绝密的话", reporter="绝密的人")
    with locked(app):
        stranger.http.post("/report", data=form)
    (file,) = files(app)
    assert "绝密".encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_pressed_again_when_the_lock_is_gone_it_is_one_report(app: Flask) -> None:
    stranger = Browser(app)
    form = filled(stranger, what="按了三次")
    given = []
    with locked(app):
        for _ in range(2):
            stranger.page = stranger.http.post("/report", data=form)
            given.append(number_and_secret(stranger))
    stranger.page = stranger.http.post("/report", data=form)
    given.append(number_and_secret(stranger))
    assert len(set(given)) == 1
    assert len(files(app)) == 1
    jobs.sweep()
    assert [r.what for r in reports()] == ["按了三次"]
    assert files(app) == []


def test_killed_between_commit_and_deletion_it_is_still_one(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = Browser(app)
    form = filled(stranger, what="只有一次")
    with locked(app):
        stranger.http.post("/report", data=form)
    with monkeypatch.context() as patched:
        patched.setattr(spool, "done", lambda path: None)
        jobs.sweep()
    assert len(files(app)) == 1
    jobs.sweep()
    assert len(reports()) == 1
    assert files(app) == []


def test_who_reported_and_about_whom_survive(app: Flask) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    mine = Browser(app)
    mine.sign_in(director.phone)
    form = filled(mine, what="邻居家有哭声")
    with locked(app):
        mine.http.post("/report", data=form)
    jobs.sweep()
    assert [r.reporter_account_id for r in reports()] == [director.account_id]


def test_with_no_database_at_all_it_is_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even who is there can be asked; the county that was chosen is kept."""
    app.config["PROPAGATE"] = False
    with db.read():
        south = people.region(people.OTHER_COUNTY).id
    stranger = Browser(app)
    form = filled(stranger, what="数据库不在", county=str(south))
    path = Path(db.database().url.removeprefix("sqlite:///"))
    db.database().close()
    away = path.with_suffix(".away")
    path.rename(away)
    path.mkdir()  # whatever opens it fails
    try:
        stranger.page = stranger.http.post("/report", data=form)
        with pytest.raises(OperationalError), db.read():
            db.session.scalars(select(Report)).all()
    finally:
        path.rmdir()
        away.rename(path)
        db.database().close()
    assert stranger.page.status_code == 200
    number, _secret = number_and_secret(stranger)
    jobs.sweep()
    assert [(r.number, r.county_id) for r in reports()] == [(number, south)]


def test_one_that_cannot_be_read_stays_and_holds_up_nobody(app: Flask) -> None:
    folder = Path(app.config["SETTINGS"].var) / spool.FOLDER
    stranger = Browser(app)
    form = filled(stranger, what="后面的一份")
    with locked(app):
        stranger.http.post("/report", data=form)
    spoilt = folder / f"{'0' * 64}.report"
    spoilt.write_bytes(b"spoilt")
    jobs.sweep()
    assert [r.what for r in reports()] == ["后面的一份"]
    assert files(app) == [spoilt]


def test_the_doctor_sees_one_that_is_stuck(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    (well,) = put_aside(settings)
    assert well.well
    spool.put("report", "a" * 64, {"x": 1})
    (fresh,) = put_aside(settings)
    assert fresh.well
    long_ago = (datetime.now(UTC) - timedelta(minutes=11)).timestamp()
    os.utime(files(app)[0], (long_ago, long_ago))
    (stuck,) = put_aside(settings)
    assert not stuck.well
    assert "1 wait" in stuck.what
