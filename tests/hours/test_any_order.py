"""Whatever two children's helper and their director do in whatever order: no moment counts twice,
no day is impossible, and the sums are the same on every screen and paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, update

from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.helpers import queries as helpers
from jiedui.hours import actions, queries
from jiedui.hours.models import Certificate, ServiceSession
from jiedui.hours.rules import STANDING, Book, DisputeReason, Evidence
from tests.builders.hours import evening_after, said, two_pairs
from tests.builders.pairings import Pair

MINUTE = st.integers(0, 24 * 12 - 1).map(lambda n: f"{n // 12:02}:{n % 12 * 5:02}")
STEPS, EXAMPLES = 40, 25


def possible(rows: list[ServiceSession]) -> None:
    """Sessions in the order of time: each has a length, none overlaps the next, no day has more
    than twelve hours."""
    assert all(a.end_at <= b.start_at for a, b in zip(rows, rows[1:], strict=False))
    assert all(0 < s.minutes <= 480 for s in rows)
    assert all(s.end_at - s.start_at == timedelta(minutes=s.minutes) for s in rows)
    for day in {s.on for s in rows}:
        assert sum(s.minutes for s in rows if s.on == day) <= 720


class Hours(RuleBasedStateMachine):
    """What can be done with sessions, by the right and by the wrong person."""

    pairs: tuple[Pair, Pair]
    today: date

    def __init__(self) -> None:
        super().__init__()
        with db.write():
            db.session.execute(update(ServiceSession).values(replaces=None))
            for table in (Certificate, ServiceSession):
                db.session.execute(delete(table))

    def _any(self, n: int) -> int | None:
        with db.read():
            ids = [s.id for s in db.session.query(ServiceSession).order_by(ServiceSession.id)]
        return ids[n % len(ids)] if ids else None

    def _do(self, act: Any) -> None:
        try:
            with db.write():
                act()
        except Refusal:
            pass

    @rule(which=st.integers(0, 1), ago=st.integers(0, 2), a=MINUTE, b=MINUTE,
          book=st.sampled_from([None, *Book]))  # fmt: skip
    def log(self, which: int, ago: int, a: str, b: str, book: Book | None) -> None:
        """A session of either child on one of the last three days."""
        pair, on = self.pairs[which], self.today - timedelta(days=ago)
        new = said(on, a, b, book=book)
        self._do(lambda: actions.log_session(pair.read(), new, by=pair.helper.actor()))

    @rule(n=st.integers(0, 99), a=MINUTE, b=MINUTE)
    def correct(self, n: int, a: str, b: str) -> None:
        """Other times for any session there ever was."""
        number, by = self._any(n), self.pairs[0].helper
        if number is not None:
            new = said(self.today, a, b)
            self._do(lambda: actions.correct(queries.get(number), new, by=by.actor()))

    @rule(n=st.integers(0, 99))
    def take_back(self, n: int) -> None:
        """Any session."""
        number, by = self._any(n), self.pairs[0].helper
        if number is not None:
            self._do(lambda: actions.withdraw(queries.get(number), by=by.actor()))

    @rule(n=st.integers(0, 99), rightly=st.booleans())
    def verify(self, n: int, rightly: bool) -> None:
        """By the director, or by the helper, who may not."""
        number = self._any(n)
        by = self.pairs[0].director if rightly else self.pairs[0].helper
        if number is not None:
            self._do(lambda: actions.verify([queries.get(number)], by=by.actor()))

    @rule(n=st.integers(0, 99), why=st.sampled_from(DisputeReason))
    def dispute(self, n: int, why: DisputeReason) -> None:
        """By the director."""
        number, by = self._any(n), self.pairs[0].director
        if number is not None:
            self._do(lambda: actions.dispute(queries.get(number), why, by=by.actor()))

    @invariant()
    def all_is_true(self) -> None:
        """No moment twice, no impossible day, nobody's own word for it, equal sums."""
        with db.read():
            rows = db.session.query(ServiceSession).order_by(ServiceSession.start_at).all()
            possible([s for s in rows if s.evidence in STANDING])
            for s in rows:
                if s.evidence is Evidence.verified:
                    assert s.verified_by == self.pairs[0].director.account_id
            self._sums_are_the_same_everywhere()

    def _sums_are_the_same_everywhere(self) -> None:
        """The query, the person's list, the pairings' lists, the lines of a record."""
        helper = self.pairs[0].helper_id
        sums = queries.sums(helper)
        own, total = queries.of_helper(helper, 1, 999)
        both = [s for p in self.pairs for s in queries.of_pairing(p.id, 999)]
        assert total == len(own)
        for book in Book:
            for evidence in STANDING:
                tally = sums[book][evidence]
                for rows in (own, both):
                    fit = [s.minutes for s in rows if (s.book, s.evidence) == (book, evidence)]
                    assert (sum(fit), len(fit)) == (tally.minutes, tally.sessions)
        lines = queries.lines(helper, self.today - timedelta(days=9), self.today)
        voluntary = sums[Book.voluntary]
        assert sum(line.verified for line in lines) == voluntary[Evidence.verified].minutes
        assert sum(line.declared for line in lines) == voluntary[Evidence.declared].minutes

    def teardown(self) -> None:
        """What is certified at the end is what stands then, and stays so."""
        pair = self.pairs[0]
        with db.read():
            voluntary = queries.sums(pair.helper_id)[Book.voluntary]
        parts = (Evidence.verified, Evidence.declared)
        if not sum(voluntary[e].sessions for e in parts):
            return
        with db.write():
            issued = actions.issue_certificate(
                helpers.get(pair.helper_id),
                self.today - timedelta(days=9),
                self.today,
                by=pair.helper.actor(),
            )
            assert {e: issued.sums[e.value] for e in parts} == {
                e: voluntary[e].minutes for e in parts
            }


def test_any_order_of_acts_leaves_true_hours(app: Flask) -> None:
    """Played against the real database."""
    found = two_pairs()
    with evening_after(4) as day:

        class Played(Hours):
            pairs, today = found, day

        run_state_machine_as_test(
            Played,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert clock.today() < day
