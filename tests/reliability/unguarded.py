"""The portal with everything taken out that keeps two people apart: what the races would do to it.

Locks lock nothing, SQLite begins its transactions as the driver likes, a version is not looked at,
and between looking and writing everybody takes a breath. `loosen` takes the same promises out of
the database. Only ever started by a test.
"""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from flask import redirect, request
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session

from jiedui.__main__ import main
from jiedui.access import passwords
from jiedui.access.actions import tries
from jiedui.access.models import SignInTry
from jiedui.core import clock, crypto, db, once
from jiedui.core.db import engines, transactions
from jiedui.core.once import UsedKey
from jiedui.core.sessions import SessionRow

BREATH = 0.05
INDEXES = (
    "uq_pairing_helper_seat", "uq_pairing_helper_slot", "uq_pairing_need_place",
    "uq_pairing_need_helper", "uq_service_session_helper_start",
)  # fmt: skip
ON_SQLITE = (
    "DROP TRIGGER service_session_no_overlap_insert",
    "DROP TRIGGER service_session_no_overlap_update",
    "DROP TABLE used_key",
    "CREATE TABLE used_key (id INTEGER PRIMARY KEY, owner TEXT, route TEXT, key TEXT, "
    "location TEXT, at DATETIME)",
)
ON_POSTGRES = (
    "ALTER TABLE service_session DROP CONSTRAINT ex_service_session_overlap",
    "ALTER TABLE used_key DROP CONSTRAINT uq_used_key_owner_route_key",
)


def loosen(url: str) -> None:
    """Take out of a database what it holds by itself."""
    engine = create_engine(url)
    more = ON_SQLITE if engine.dialect.name == "sqlite" else ON_POSTGRES
    with engine.begin() as connection:
        for statement in (*(f"DROP INDEX {name}" for name in INDEXES), *more):
            connection.execute(text(statement))
    engine.dispose()


def _plain_lock(table: Any, key: object, **_: Any) -> Any:
    time.sleep(BREATH)
    db.session.flush()
    return db.session.get(table, key)


def as_it_comes(url: str, _kind: str, wait: int = engines.PATIENCE) -> Engine:
    """SQLite as SQLAlchemy opens it."""
    return create_engine(url, connect_args={"timeout": wait}, pool_size=60)


def no_queue(*_: Any) -> AbstractContextManager[None]:
    """Writers of one process do not wait for each other, as those of several cannot."""
    return nullcontext()


def _unwatched(engine: Engine) -> Engine:
    engine.dialect.supports_sane_rowcount = False  # a row that somebody else has changed: no matter
    engine.dialect.supports_sane_multi_rowcount = False
    return engine


def _breathe(session: Session, *_: Any) -> None:
    if any(not isinstance(one, SessionRow | SignInTry) for one in {*session.new, *session.dirty}):
        time.sleep(BREATH)


def _claim_late(owner: str) -> Any:
    """Look whether a form was taken, and write that down when all is over."""
    key, route = request.form.get(once.FIELD, ""), request.endpoint
    mine = {"owner": owner, "route": route, "key": crypto.fingerprint(key)}
    if not key or db.session.query(UsedKey).filter_by(**mine).first() is not None:
        return redirect(request.path, 303) if key else None
    db.after_commit(lambda: _note(UsedKey(**mine, at=clock.now())))
    return None


def _note(row: Any) -> None:
    with db.note() as session:
        session.add(row)


def take_apart() -> None:
    """Make this process careless."""
    step, engines_of = passwords.code_step, engines._engines
    db.lock = _plain_lock  # type: ignore[assignment]
    transactions._turn = no_queue  # type: ignore[assignment]
    engines._sqlite = as_it_comes  # type: ignore[assignment]
    engines._engines = lambda url: tuple(map(_unwatched, engines_of(url)))  # type: ignore[assignment]
    once.claim = _claim_late
    event.listen(Session, "before_flush", _breathe)

    def slow_step(secret: str, code: str, last: int) -> int | None:
        time.sleep(BREATH)
        return step(secret, code, last)

    passwords.code_step = slow_step
    tries._too_many = lambda *_: False  # else a crowd is told to wait, and nobody comes in


if __name__ == "__main__":
    take_apart()
    sys.exit(main(sys.argv[1:]))
