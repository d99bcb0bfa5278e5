"""The plan's budget: money is used for its purpose, within its term and balance, with evidence; by
rule and by the database. Made to fail: a rule that knows no purpose; triggers left out; a mirror
written twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.core.errors import Refusal
from jiedui.donations.actions import budget as actions
from jiedui.donations.models import BudgetEntry, BudgetLine
from jiedui.donations.queries import budget as queries
from jiedui.donations.rules.budget import (
    BudgetAccount,
    BudgetPurpose,
    BudgetRefusal,
    BudgetSource,
    LineSaid,
    UseSaid,
    use_fault,
)
from tests import people
from tests.client import Browser
from tests.people import Person


@contextmanager
def refused(code: BudgetRefusal) -> Iterator[None]:
    """What is done inside is refused for this."""
    with pytest.raises(Refusal) as no:
        yield
    assert no.value.code is code


def opened(amount: int = 10_000) -> tuple[Person, int]:
    """A line for training of this year (its own write)."""
    office = people.appoint(Role.coordinator, office=Office.civil_affairs)
    with db.write():
        said = LineSaid(
            year=clock.today().year, purpose=BudgetPurpose.training, source=BudgetSource.lottery,
            title="儿童主任培训", document="北财社〔2026〕7 号",
            until=clock.today() + timedelta(days=30),
        )  # fmt: skip
        line = actions.open_line(people.region(people.COUNTY), said, amount, by=office.actor())
        db.session.flush()
        return office, line.id


def used(**over: Any) -> UseSaid:
    """A use of 40 yuan for training today."""
    said = {
        "purpose": BudgetPurpose.training, "amount": 4_000, "payee": "北试社工中心",
        "evidence": "发票 001", "on": clock.today(),
    }  # fmt: skip
    return UseSaid(**{**said, **over})


def test_what_is_used_what_goes_back_and_what_is_left_add_up(either_app: Flask) -> None:
    office, number = opened()
    with db.write():
        line, by = queries.line(number), office.actor()
        actions.use(line, used(), by=by)
        actions.grant(line, 500, "追加", by=by)
        actions.send_back(line, 1_000, "缴款书 2", by=by)
    with db.read():
        line = queries.line(number)
        now = line.granted, line.spent, line.returned, line.left
        (total,) = queries.totals([line])
    assert now == (10_500, 4_000, 1_000, 5_500)
    assert total.left == 5_500


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"purpose": BudgetPurpose.places}, BudgetRefusal.other_purpose),
        ({"amount": 10_001}, BudgetRefusal.not_enough),
        ({"payee": " "}, BudgetRefusal.payee_missing),
        ({"evidence": ""}, BudgetRefusal.evidence_missing),
        ({"amount": 0}, BudgetRefusal.no_amount),
    ],
)
def test_a_use_beyond_purpose_balance_or_without_evidence_is_refused(
    app: Flask, over: dict[str, Any], code: BudgetRefusal
) -> None:
    office, number = opened()
    with db.write(), refused(code):
        actions.use(queries.line(number), used(**over), by=office.actor())
    with db.read():
        assert queries.line(number).spent == 0


def test_a_use_after_the_last_day_is_refused(app: Flask) -> None:
    office, number = opened()
    late = clock.now() + timedelta(days=31)
    with clock.moved_to(late), db.write(), refused(BudgetRefusal.term_over):
        actions.use(queries.line(number), used(on=clock.today()), by=office.actor())


def _row(line: BudgetLine, office: Person, **over: Any) -> dict[str, Any]:
    row = {
        "county_id": line.county_id, "line_id": line.id, "source": BudgetAccount.line,
        "target": BudgetAccount.spent, "amount": 4_000, "on": clock.today(),
        "purpose": BudgetPurpose.training, "payee": "某", "evidence": "某", "reverses": None,
        "posted_by": office.account_id, "posted_at": clock.now(),
    }  # fmt: skip
    return {**row, **over}


@pytest.mark.parametrize(
    "over",
    [
        {"purpose": BudgetPurpose.places},
        {"amount": 10_001},
        {"on": date(2099, 1, 1)},
        {"evidence": ""},
        {"payee": ""},
        {"source": BudgetAccount.spent, "target": BudgetAccount.returned},
        {"source": BudgetAccount.spent, "target": BudgetAccount.line},
    ],
)
def test_the_database_refuses_it_too(either_app: Flask, over: dict[str, Any]) -> None:
    office, number = opened()
    with db.read():
        row = _row(queries.line(number), office, **over)
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(insert(BudgetEntry).values(row))


def test_an_entry_stays(either_app: Flask) -> None:
    _, number = opened()
    for statement in (
        update(BudgetEntry).where(BudgetEntry.line_id == number).values(amount=1),
        delete(BudgetEntry).where(BudgetEntry.line_id == number),
    ):
        with pytest.raises(IntegrityError, match="an entry of the books stays"), db.write():
            db.session.execute(statement)


def test_a_mistake_is_reversed_once(either_app: Flask) -> None:
    office, number = opened()
    with db.write():
        entry = actions.use(queries.line(number), used(), by=office.actor())
        db.session.flush()
        wrong = entry.id
    with db.write():
        actions.reverse(queries.entry(wrong), "记错", by=office.actor())
    with db.write(), refused(BudgetRefusal.reversed_already):
        actions.reverse(queries.entry(wrong), "再记一次", by=office.actor())
    with db.read():
        line = queries.line(number)
        assert (line.spent, line.left) == (0, 10_000)
    with db.write(), refused(BudgetRefusal.evidence_missing):
        actions.send_back(queries.line(number), 1, " ", by=office.actor())


def test_what_is_spent_is_not_taken_from_under_it(app: Flask) -> None:
    office, number = opened()
    with db.write():
        actions.use(queries.line(number), used(amount=9_000), by=office.actor())
    with db.read():
        grant = queries.entries(number)[0].id
    with db.write(), refused(BudgetRefusal.spent_already):
        actions.reverse(queries.entry(grant), "下达有误", by=office.actor())


def test_a_year_goes_out_as_a_file(app: Flask, device: Callable[[], Browser]) -> None:
    """Lines with their sums, entries with what shows them; that it was taken is on record."""
    office, number = opened()
    with db.write():
        actions.use(queries.line(number), used(evidence="=1+1"), by=office.actor())
    mine = device()
    mine.sign_in(office.phone)
    got = mine.get(f"/budget/file/csv?year={clock.today().year}")
    text = got.get_data(as_text=True)
    assert "100.00,40.00,0.00,60.00" in text
    assert "北试社工中心,'=1+1" in text
    with db.read() as session:
        assert Act.budget_taken in set(session.scalars(select(AuditEntry.act)))
    assert mine.get("/budget/file/doc").status_code == 404


def test_one_paper_has_one_line_for_a_purpose(app: Flask) -> None:
    office, _ = opened()
    with db.read():
        (line,) = queries.lines(people.region(people.COUNTY).id, clock.today().year)
        said = LineSaid(line.year, line.purpose, line.source, "别名", line.document, line.until)
    with db.write(), refused(BudgetRefusal.line_there):
        actions.open_line(people.region(people.COUNTY), said, 1, by=office.actor())


@given(
    purpose=st.sampled_from(BudgetPurpose),
    amount=st.integers(-5, 200),
    left=st.integers(0, 100),
    day=st.integers(-10, 10),
    until=st.integers(-10, 10),
)
def test_whatever_is_let_through_keeps_purpose_term_and_balance(
    purpose: BudgetPurpose, amount: int, left: int, day: int, until: int
) -> None:
    today = date(2026, 6, 1)
    on, last = today + timedelta(days=day), today + timedelta(days=until)
    said = UseSaid(purpose, amount, "某单位", "发票", on)
    good = purpose is BudgetPurpose.training and 1 <= amount <= left and on <= last and on <= today
    assert (use_fault(said, BudgetPurpose.training, last, left, today) is None) == good
