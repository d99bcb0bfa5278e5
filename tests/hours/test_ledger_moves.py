"""Sessions from before the ledger come over with reversing entries, and go back as they were."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import create_engine, text

from jiedui.core import db, schema
from jiedui.hours import actions, queries
from jiedui.hours.rules import DisputeReason
from tests.builders.hours import evening_after, logged, said, serving, strip, verified

OLD = "SELECT evidence, minutes FROM service_session ORDER BY id"
NEW = "SELECT evidence, state, minutes FROM service_session ORDER BY id"
SUMS = (
    "SELECT evidence, sum(minutes) FROM service_session"
    " WHERE state IN ('counted', 'reversed', 'reversal') GROUP BY evidence"
)


def rows(url: str, wanted: str) -> list[tuple[object, ...]]:
    """What stands in the database at this address."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(wanted))]
    engine.dispose()
    return found


def test_the_ledger_goes_down_and_up_with_its_sums(either_app: Flask) -> None:
    """A corrected, a withdrawn, a disputed, a listed and a checked-in session. Made to fail: an
    old correction that gets no reversal."""
    pair = serving()
    with evening_after() as day:
        number = verified(pair, day)
        with db.write():
            actions.correct(
                queries.get(number), said(day, "09:00", "09:50"), by=pair.helper.actor()
            )
        other = logged(pair, day, "11:00", "12:00")
        with db.write():
            actions.withdraw(queries.get(other), by=pair.helper.actor())
        doubted = logged(pair, day, "13:00", "14:00")
        with db.write():
            actions.dispute(queries.get(doubted), DisputeReason.not_held, by=pair.director.actor())
        logged(pair, day, "18:00", "19:00", code=strip(pair)[0])
    url = db.database().url
    db.database().close()
    before = dict(rows(url, SUMS))
    assert before == {"listed": 0, "declared": 50, "checked_in": 60}
    schema.downgrade(url, "0025")
    assert sorted(map(str, rows(url, OLD))) == sorted(map(str, [
        ("replaced", 90), ("declared", 50), ("withdrawn", 60), ("disputed", 60), ("declared", 60),
    ]))  # fmt: skip
    schema.upgrade(url)
    assert dict(rows(url, SUMS)) == {"listed": 0, "declared": 110}
    states = [state for _, state, _ in rows(url, NEW)]
    assert sorted(states) == sorted(
        ["reversed", "reversed", "reversal", "reversal", "counted", "counted", "disputed"]
    )
