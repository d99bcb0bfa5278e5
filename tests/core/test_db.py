"""The three kinds of transaction, on both databases."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError

from jiedui.core import db
from jiedui.regions.models import CountySetting, Region
from jiedui.regions.rules import Setting
from tests import people

THREADS, TIMES = 16, 10


def _setting() -> int:
    with db.write() as session:
        row = CountySetting(county_id=people.region(people.COUNTY).id, name=Setting.duty_phone)
        row.value = 0
        session.add(row)
        session.flush()
        return row.id


def test_no_update_is_lost_between_many_writers(either_app: Flask) -> None:
    """Reading, adding one and writing, from many threads at once, counts every time."""
    number, failed = _setting(), []

    def count() -> None:
        try:
            for _ in range(TIMES):
                with db.write():
                    row = db.lock(CountySetting, number)
                    row.value = row.value + 1
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=count) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with db.read():
        assert db.session.get_one(CountySetting, number).value == THREADS * TIMES


def test_the_default_engine_would_lose_updates(app: Flask) -> None:
    """The negative control: SQLAlchemy on SQLite as it comes loses them without a word."""
    number = _setting()
    engine = create_engine(db.database().url, connect_args={"timeout": 30})
    barrier = threading.Barrier(8)

    def count() -> None:
        barrier.wait()
        for _ in range(TIMES):
            try:
                with engine.begin() as connection:
                    read = select(CountySetting.value).where(CountySetting.id == number)
                    value = int(connection.execute(read).scalar_one())
                    threading.Event().wait(0.002)
                    connection.execute(
                        text("UPDATE county_setting SET value = :v WHERE id = :i"),
                        {"v": str(value + 1), "i": number},
                    )
            except DBAPIError:
                continue

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    with db.read():
        assert db.session.get_one(CountySetting, number).value < 8 * TIMES


def test_a_read_cannot_write(either_app: Flask) -> None:
    """The database itself refuses."""
    with db.read(), pytest.raises(DBAPIError):
        db.session.execute(text("UPDATE region SET name = 'x'"))


def test_acts_do_not_nest(app: Flask) -> None:
    """A note or a write inside a write is a mistake that is named at once."""
    with db.write():
        with pytest.raises(db.WrongTransaction), db.note():
            pass
        with pytest.raises(db.WrongTransaction), db.write():
            pass


def test_a_note_inside_a_read_is_kept_although_the_read_is_thrown_away(either_app: Flask) -> None:
    """That is how looks are noted before a page is made."""
    with db.read():
        assert db.session.scalar(select(Region.name).limit(1))
        with db.note() as session:
            session.execute(text("UPDATE hotline SET position = 77"))
    with db.read():
        assert db.session.scalar(text("SELECT min(position) FROM hotline")) == 77


def test_a_crowd_that_looks_and_notes_it_does_not_wait_for_itself(either_app: Flask) -> None:
    """As many as a pool has room for look at once, and then each wants to write that down.

    Seen failing: with PostgreSQL's reader taking its connections out of the writer's pool."""
    crowd, noted = 15, []
    barrier = threading.Barrier(crowd)

    def look() -> None:
        with db.read():
            assert db.session.scalar(select(Region.name).limit(1))
            barrier.wait(20)
            with db.note() as session:
                session.execute(text("UPDATE hotline SET position = position + 1"))
        noted.append(1)

    threads = [threading.Thread(target=look) for _ in range(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(noted) == crowd


def test_what_waits_for_the_commit_does_not_happen_on_roll_back(app: Flask) -> None:
    """Letters and jobs leave only after the act is safe."""
    done: list[str] = []

    def fail() -> None:
        db.after_commit(lambda: done.append("rolled back"))
        raise RuntimeError

    with pytest.raises(RuntimeError), db.write():
        fail()
    with db.write():
        db.after_commit(lambda: done.append("committed"))
        assert done == []
    assert done == ["committed"]


def test_nothing_is_asked_outside_a_transaction(app: Flask) -> None:
    """No hidden connection, no forgotten transaction."""
    with pytest.raises(db.WrongTransaction):
        db.session.scalar(select(Region.id))
