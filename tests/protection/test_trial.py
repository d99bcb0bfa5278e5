"""The weekly trial goes the real way and shows when it reaches nobody; a drill plays every clock on
a copy and leaves the real data alone.

Seen to fail: a trial that counts as a report (holding without drill), one that stays in the list
when it was read (waiting), a failed one that nobody sees (trial_failed), a drill on the portal's
own database (on_a_copy), one that leaves its database on the server (apart without DROP), passwords
that come along (INSTEAD), a missing right that is not named (_make).
"""

from __future__ import annotations

import shutil
import uuid
from datetime import time, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import make_url

from jiedui.__main__ import main
from jiedui.access.rules import Role
from jiedui.core import clock, db, jobs, spool
from jiedui.core.actors import SYSTEM
from jiedui.core.outbox import Letter, LetterKind
from jiedui.factory.apart import apart
from jiedui.oversight.queries.holding import held_of
from jiedui.oversight.rules.impact import Kind as Held
from jiedui.protection.actions.duty import TurnSaid, set_turn
from jiedui.protection.models import Report
from jiedui.protection.queries.duty import TRIAL, trial_failed
from jiedui.regions import actions as regions
from jiedui.regions.rules import DEFAULTS, Setting
from tests import people
from tests.builders import worries
from tests.client import Browser


def asked() -> int:
    """Monday at ten: the calendar asks, a worker and the sweep do; the county's id."""
    with db.write():
        county = people.region(people.COUNTY).id
        jobs.ask(TRIAL, by=SYSTEM, county_id=county, county=county)
    jobs.work_off()
    jobs.sweep()
    return county


def test_it_comes_as_a_report_comes_and_is_over_when_somebody_reads_it(app: Flask) -> None:
    officer = worries.officer()
    county = asked()
    with db.read():
        told = db.session.scalars(select(Letter.kind)).all()
        number = db.session.scalars(select(Report.id).where(Report.drill)).one()
        assert held_of(people.region(people.COUNTY)).amounts[Held.reports] == 0
    assert list(told) == [LetterKind.report_waiting]
    mine = Browser(app)
    mine.sign_in(officer.phone)
    assert f"/reports/{number}" in mine.get("/reports").get_data(as_text=True)
    assert "这是演练" in mine.get(f"/reports/{number}").get_data(as_text=True)
    assert f"/reports/{number}" not in mine.get("/reports").get_data(as_text=True)
    with clock.moved_to(clock.now() + timedelta(days=2)):
        jobs.sweep()
        with db.read():
            assert trial_failed(county) is None
            assert db.session.scalar(select(func.count()).select_from(Letter)) == 1


def test_unread_it_stands_red_on_the_desk_and_calls_as_a_report_does(app: Flask) -> None:
    officer = worries.officer()
    county = asked()
    with db.read():
        assert trial_failed(county) is None
    with clock.moved_to(clock.now() + timedelta(hours=2, minutes=5)):
        jobs.sweep()
        with db.read():
            assert trial_failed(county) is not None
            kinds = set(db.session.scalars(select(Letter.kind)))
        assert LetterKind.report_unread in kinds
        mine = Browser(app)
        mine.sign_in(officer.phone)
        assert "报告没有人看" in mine.get("/desk").get_data(as_text=True)


def test_one_that_never_comes_in_is_seen_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    worries.officer()
    monkeypatch.setattr(spool, "put", lambda *_said: None)
    county = asked()
    with clock.moved_to(clock.now() + timedelta(minutes=11)), db.read():
        assert trial_failed(county) is not None


@pytest.fixture
def here(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command works on the database of this test."""
    monkeypatch.setenv("JIEDUI_MODE", "test")
    monkeypatch.setenv("JIEDUI_VAR", str(tmp_path))
    return tmp_path


def test_a_drill_plays_every_clock_and_writes_nothing_here(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worries.officer()
    worries.civil()
    db.database().close()
    before = (here / "jiedui.db").read_bytes()
    assert main(["protection", "drill"]) == 0
    said = capsys.readouterr().out
    for what in ("unread, call 2", "police told", "followed up", "second person"):
        assert what in said
    assert "leader" in said
    assert (here / "jiedui.db").read_bytes() == before
    assert not list(here.glob("spool/*"))


def test_a_drill_is_refused_on_the_real_data_and_with_one_person(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worries.officer()
    db.database().close()
    own = here / "jiedui.db"
    assert main(["protection", "drill", "--on", str(own)]) == 2
    assert "own database" in capsys.readouterr().err
    copy = here / "copied.db"
    shutil.copy(own, copy)
    assert main(["protection", "drill", "--on", str(copy)]) == 2
    assert "two people" in capsys.readouterr().err


def databases(server: str) -> list[str]:
    """Those of drills on the server."""
    engine = create_engine(server)
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT datname FROM pg_database WHERE datname LIKE '%drill%'")
        )
        names = list(found.scalars())
    engine.dispose()
    return names


@pytest.fixture
def there(postgres_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The command works on this test's PostgreSQL database; its address."""
    url = db.database().url
    monkeypatch.setenv("JIEDUI_MODE", "test")
    monkeypatch.setenv("JIEDUI_VAR", str(tmp_path))
    monkeypatch.setenv("JIEDUI_DATABASE_URL", url)
    return url


def rows(url: str) -> dict[str, int]:
    """How many rows each table holds."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in db.Base.metadata.tables.items()
        }
    engine.dispose()
    return found


@pytest.mark.postgres
def test_on_postgresql_it_is_played_in_a_database_of_its_own(
    there: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the people and the county's own clocks; nothing written here, nothing left behind."""
    officer, civil = worries.officer(), worries.civil()
    people.appoint(Role.leader)
    with db.write():
        county = people.region(people.COUNTY)
        clocks = {**DEFAULTS[Setting.report_clocks], "unread minutes": 7}
        regions.set_for_county(county, Setting.report_clocks, clocks, by=SYSTEM)
        said = TurnSaid(officer.account_id, frozenset(range(7)), time(0), time(23), "02087654321")
        set_turn(said, by=civil.actor())
    before, standing = rows(there), databases(there)
    assert main(["protection", "drill"]) == 0
    told = capsys.readouterr().out
    for what in (
        "2 people are written to",
        "unread, call 2",
        "closed has not come",
        "second person",
    ):
        assert what in told
    assert "+  0 d  0 h  7 min" in told
    assert rows(there) == before
    assert databases(there) == standing


@pytest.mark.postgres
def test_on_postgresql_a_drill_that_fails_leaves_nothing(
    there: str, capsys: pytest.CaptureFixture[str]
) -> None:
    worries.officer()
    standing = databases(there)
    assert main(["protection", "drill"]) == 2
    assert "two people" in capsys.readouterr().err
    assert databases(there) == standing


@pytest.mark.postgres
def test_no_child_and_no_password_comes_along(there: str) -> None:
    worries.officer()
    worries.civil()
    people.appoint(Role.volunteer)
    with apart(there) as beside:
        held = rows(beside)
        assert held["account"] == 2
        assert held["child"] == held["report"] == held["audit_entry"] == 0
        engine = create_engine(beside)
        with engine.connect() as connection:
            secrets = connection.execute(text("SELECT DISTINCT password_hash FROM account"))
            assert list(secrets.scalars()) == ["none"]
        engine.dispose()


@pytest.mark.postgres
def test_without_the_right_it_says_which_is_missing(
    there: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A role that owns no right to make a database, as after an installation by the book."""
    poor = f"jiedui_poor_{uuid.uuid4().hex[:8]}"
    admin = create_engine(there, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {poor} LOGIN")
        connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {poor}")
    url = make_url(there).set(username=poor).render_as_string(hide_password=False)
    monkeypatch.setenv("JIEDUI_DATABASE_URL", url)
    try:
        assert main(["protection", "drill"]) == 2
        told = capsys.readouterr().err
        assert "CREATEDB" in told
        assert f'ALTER ROLE "{poor}"' in told
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP OWNED BY {poor}")
            connection.exec_driver_sql(f"DROP ROLE {poor}")
        admin.dispose()
