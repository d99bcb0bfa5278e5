"""The database is held by somebody else, or broken: said in plain words, not in the same; what is
only busy is no error for whoever looks after the machine.

Seen to fail: every trouble of the database told as a page that was changed meanwhile (409)."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from flask import Flask
from sqlalchemy import insert, select, text

from jiedui.core import clock, db
from jiedui.protection.models import Feedback
from tests.client import Browser, hidden_fields
from tests.protection.test_busy import locked


def patient_for(milliseconds: int) -> None:
    """An act waits for the one before it so long, not half a minute."""
    line = db.database().writer.raw_connection()
    assert line.driver_connection is not None
    line.driver_connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
    line.close()


@pytest.fixture
def said() -> Iterator[StringIO]:
    """What the log says."""
    before, heard = structlog.get_config(), StringIO()
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(file=heard))
    yield heard
    structlog.configure(**before)


def test_a_form_that_waits_too_long_is_told_so_and_can_be_sent_again(
    app: Flask, said: StringIO
) -> None:
    mine = Browser(app)
    mine.get("/feedback")
    form = hidden_fields(mine.text, "/feedback") | {"text": "按了两次"}
    patient_for(100)
    with locked(app):
        answer = mine.http.post("/feedback", data=form)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "平台正忙" in answer.get_data(as_text=True)
    assert "event=busy" in said.getvalue()
    assert "level=error" not in said.getvalue()
    assert mine.http.post("/feedback", data=form).status_code < 400
    with db.read():
        assert [one.text for one in db.session.scalars(select(Feedback))] == ["按了两次"]


def test_what_is_broken_is_an_error_and_no_old_page(app: Flask, said: StringIO) -> None:
    app.config["PROPAGATE"] = False
    with db.write() as session:
        session.execute(text("ALTER TABLE hotline RENAME TO gone"))
    answer = app.test_client().get("/rules")
    assert answer.status_code == 500
    assert "level=error event=unforeseen" in said.getvalue()
    assert "这里出了故障" in answer.get_data(as_text=True)


def test_a_row_without_what_it_must_have_is_an_error_too(either_app: Flask, said: StringIO) -> None:
    """It used to read as if somebody had been faster."""
    either_app.config["PROPAGATE"] = False
    mine = Browser(either_app)
    mine.get("/feedback")
    form = hidden_fields(mine.text, "/feedback") | {"text": "字"}
    view = either_app.view_functions["protection.feedback"]

    def broken() -> str:
        db.session.execute(insert(Feedback).values(text=None, contact="", received_at=clock.now()))
        return ""

    broken.guard = view.guard  # type: ignore[attr-defined]
    either_app.view_functions["protection.feedback"] = broken
    try:
        assert mine.http.post("/feedback", data=form).status_code == 500
    finally:
        either_app.view_functions["protection.feedback"] = view
    assert "level=error event=unforeseen error=IntegrityError" in said.getvalue()
