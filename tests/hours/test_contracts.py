"""Purchased services: what was delivered is what the ledger shows of the agency's people in the
term; nothing that nobody verified, nothing voluntary, nothing of others. Made to fail: declared
hours counted; hours outside the term counted; a pairing of nought minutes as a case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.donations.actions import budget
from jiedui.donations.rules.budget import BudgetPurpose, BudgetSource, LineSaid
from jiedui.hours.actions import contracts as actions
from jiedui.hours.models import ServiceSession
from jiedui.hours.queries import contracts as queries
from jiedui.hours.rules import Book, EntryState, Evidence, SessionKind
from jiedui.hours.rules.contracts import ContractRefusal, ContractSaid, Delivered, Pace, pace
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders import pairings
from tests.builders.helpers import agency, cleared_volunteer
from tests.people import Person

TODAY = date(2026, 6, 30)


@contextmanager
def refused(code: ContractRefusal) -> Iterator[None]:
    """What is done inside is refused for this."""
    with pytest.raises(Refusal) as no:
        yield
    assert no.value.code is code


def said(unit: int, **over: Any) -> ContractSaid:
    """Ten hours and two cases from a month ago until in a month."""
    today = clock.today()
    plain = {
        "unit_id": unit, "number": "HT-7", "title": "入户陪伴", "minutes": 600, "cases": 2,
        "starts": today - timedelta(days=30), "ends": today + timedelta(days=30),
        "price": 500_000,
    }  # fmt: skip
    return ContractSaid(**{**plain, **over})


def signed(**over: Any) -> tuple[Person, int, int]:
    """Civil Affairs enters a contract: who, the agency, the contract."""
    civil = people.appoint(Role.coordinator, office=Office.civil_affairs)
    unit = agency("北试社工中心", UnitKind.agency)
    with db.write():
        county = people.region(people.COUNTY)
        one = actions.sign(county, said(unit, **over), by=civil.actor())
        db.session.flush()
        return civil, unit, one.id


def entered(pair: Any, helper: int, on: date, minutes: int, evidence: Evidence,
            book: Book = Book.contract) -> None:  # fmt: skip
    """An entry of the ledger, as it would stand there."""
    with db.write():
        start = clock.at(on, 9)
        verified = evidence is not Evidence.declared
        db.session.add(
            ServiceSession(
                county_id=people.region(people.COUNTY).id, pairing_id=pair.id, helper_id=helper,
                kind=SessionKind.meeting, book=book, on=on, start_at=start,
                end_at=start + timedelta(minutes=minutes), minutes=minutes, note="",
                evidence=evidence, state=EntryState.counted, logged_by=pair.helper.account_id,
                logged_at=clock.now(),
                verified_by=pair.director.account_id if evidence is Evidence.listed else None,
                verified_at=clock.now() if verified else None,
            )
        )  # fmt: skip


def test_delivered_is_what_the_ledger_shows(app: Flask) -> None:
    _, unit, number = signed()
    helper = cleared_volunteer(unit_id=unit, name="贾社工")
    pair, today = pairings.active(helper_of=helper), clock.today()
    days = [today - timedelta(days=n) for n in (1, 2, 3, 4, 60)]
    entered(pair, helper[1], days[0], 60, Evidence.listed)
    entered(pair, helper[1], days[1], 90, Evidence.listed)
    entered(pair, helper[1], days[2], 40, Evidence.declared)
    entered(pair, helper[1], days[3], 50, Evidence.listed, Book.voluntary)
    entered(pair, helper[1], days[4], 70, Evidence.listed)  # before the term
    other = pairings.active()
    entered(other, other.helper_id, days[0], 80, Evidence.listed)
    with db.read():
        stands = queries.standing(queries.contract(number))
        left = stands.minutes_left, stands.cases_left
    assert stands.done == Delivered(checked_in=0, listed=150, declared=40, cases=1)
    assert left == (450, 1)


def test_a_unit_sees_its_own_contracts_only(app: Flask) -> None:
    civil, unit, number = signed()
    mine = people.appoint(Role.unit_manager, unit_id=unit)
    others = people.appoint(Role.unit_manager, unit_id=agency("别的中心", UnitKind.agency))
    with db.read():
        assert [one.contract.id for one in queries.contracts(mine.actor())] == [number]
        assert [one.contract.id for one in queries.contracts(civil.actor())] == [number]
        assert queries.contracts(others.actor()) == []


def test_what_a_contract_must_be(app: Flask) -> None:
    civil, unit, _ = signed()
    company = agency("北试服装公司", UnitKind.company)
    with db.write():
        county, by, today = people.region(people.COUNTY), civil.actor(), clock.today()
        for_places = LineSaid(today.year, BudgetPurpose.places, BudgetSource.county, "场所",
                              "北财 2", today)  # fmt: skip
        line = budget.open_line(county, for_places, 100, by=by)
        db.session.flush()
        for code, contract in (
            (ContractRefusal.not_an_agency, said(company, number="B")),
            (ContractRefusal.number_there, said(unit)),
            (ContractRefusal.nothing_bought, said(unit, number="B", minutes=0, cases=0)),
            (ContractRefusal.term_backwards, said(unit, number="B", ends=today - timedelta(40))),
            (ContractRefusal.other_line, said(unit, number="B", line_id=line.id)),
        ):
            with refused(code):
                actions.sign(county, contract, by=by)


def test_it_is_settled_once_its_term_is_over(app: Flask) -> None:
    civil, _, number = signed()
    with db.write(), refused(ContractRefusal.still_running):
        actions.close(queries.contract(number), by=civil.actor())
    with clock.moved_to(clock.now() + timedelta(days=31)):
        with db.read():
            assert queries.standing(queries.contract(number)).pace is Pace.overdue
        with db.write():
            actions.close(queries.contract(number), by=civil.actor())
        with db.write(), refused(ContractRefusal.closed_already):
            actions.close(queries.contract(number), by=civil.actor())


@given(
    minutes=st.integers(0, 1000), done=st.integers(0, 1500), cases=st.integers(0, 9),
    served=st.integers(0, 9), start=st.integers(-50, 50), length=st.integers(0, 100),
)  # fmt: skip
def test_a_contract_is_done_or_late_and_never_both(
    minutes: int, done: int, cases: int, served: int, start: int, length: int
) -> None:
    first = TODAY + timedelta(days=start)
    term = first, first + timedelta(days=length)
    now = pace((minutes, cases), Delivered(0, done, 0, served), term, TODAY)
    whole = done >= minutes and served >= cases
    assert (now is Pace.delivered) == whole
    assert (now is Pace.overdue) == (not whole and term[1] < TODAY)
    if now is Pace.behind:
        assert term[0] <= TODAY <= term[1]
        assert done < minutes
