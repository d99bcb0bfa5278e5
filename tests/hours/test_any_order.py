"""Whatever two children's helper, a second helper of the first child's team, their director, the
carer's strip and the sign of a place do in whatever order: no moment counts twice for one, no day
is impossible, what was counted is never changed, and the sums are the same by person, by unit and
by record of service.

Would fail: a reversal that is not written (sums differ), a correction that changes the row
(the ledger's lines differ), a code that is not used up (two sessions by one code), a helper whose
sessions are taken for the other's of the team (sums differ)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.helpers import queries as helpers
from jiedui.hours import actions, queries
from jiedui.hours.models import ServiceSession
from jiedui.hours.queries.units import by_unit
from jiedui.hours.rules import HOLDING, SUMMED, Book, DisputeReason, EntryState, Evidence
from jiedui.pairings.actions import life
from jiedui.partners.models import Place
from tests.builders.hours import emptied, evening_after, home_of, said, sign_now, two_pairs
from tests.builders.pairings import Pair
from tests.builders.teams import joined

MINUTE = st.integers(0, 24 * 12 - 1).map(lambda n: f"{n // 12:02}:{n % 12 * 5:02}")
STEPS, EXAMPLES = 40, 25
Line = tuple[Any, ...]


def possible(rows: list[ServiceSession]) -> None:
    """Entries in the order of time: each has a length, none overlaps the next, no day has more
    than twelve hours."""
    assert all(a.end_at <= b.start_at for a, b in zip(rows, rows[1:], strict=False))
    assert all(0 < s.minutes <= 480 for s in rows)
    assert all(s.end_at - s.start_at == timedelta(minutes=s.minutes) for s in rows)
    for day in {s.on for s in rows}:
        assert sum(s.minutes for s in rows if s.on == day) <= 720


def line(s: ServiceSession) -> Line:
    """What of an entry is never changed."""
    return (s.pairing_id, s.helper_id, s.book, s.on, s.start_at, s.end_at, s.minutes, s.logged_by,
            s.logged_at, s.replaces, s.reverses, s.code_id, s.stay_id)  # fmt: skip


class Hours(RuleBasedStateMachine):
    """What can be done with sessions, by the right and by the wrong person."""

    pairs: tuple[Pair, Pair]
    beside: Pair
    today: date
    place_id: int

    def __init__(self) -> None:
        super().__init__()
        emptied()
        self.codes: list[str] = []
        self.lines: dict[int, Line] = {}
        self.forward = timedelta()

    def _any(self, n: int) -> int | None:
        with db.read():
            ids = [s.id for s in db.session.query(ServiceSession).order_by(ServiceSession.id)]
        return ids[n % len(ids)] if ids else None

    def _do(self, act: Any) -> None:
        try:
            with clock.moved_to(clock.now() + self.forward), db.write():
                act()
        except Refusal:
            pass

    @rule(which=st.integers(0, 1), ago=st.integers(0, 2), a=MINUTE, b=MINUTE,
          book=st.sampled_from([None, *Book]), code=st.integers(-3, 19))  # fmt: skip
    def log(self, which: int, ago: int, a: str, b: str, book: Book | None, code: int) -> None:
        """A session of either child on one of the last three days, sometimes with a code."""
        pair, on = self.pairs[which], self.today - timedelta(days=ago)
        shown = self.codes[code] if 0 <= code < len(self.codes) else ""
        new = said(on, a, b, book=book, code=shown if code > -3 else "000-000")
        self._do(lambda: actions.log_session(pair.read(), new, by=pair.helper.actor()))

    @rule(ago=st.integers(0, 2), a=MINUTE, b=MINUTE)
    def log_beside(self, ago: int, a: str, b: str) -> None:
        """A session of who comes to the first child as the second of a team, often at the very
        time of the first's: the minutes of each count for each."""
        pair, new = self.beside, said(self.today - timedelta(days=ago), a, b)
        self._do(lambda: actions.log_session(pair.read(), new, by=pair.helper.actor()))

    @rule()
    def print_strip(self) -> None:
        """The director prints a new strip for the first child's carer; the codes of the old one
        are tried too."""
        pair = self.pairs[0]
        with db.write():
            fresh = actions.print_strip(pair.read(), by=pair.director.actor())
        self.codes = [*fresh[:12], *self.codes[:8]]

    @rule(minutes=st.integers(0, 100))
    def scan(self, minutes: int) -> None:
        """The helper scans the sign: arrives, or leaves after some time."""
        if self.forward + timedelta(minutes=minutes) > timedelta(hours=3):
            return  # the evening ends
        self.forward += timedelta(minutes=minutes)
        pair = self.pairs[0]

        def act() -> None:
            place = db.session.get_one(Place, self.place_id)
            stay = queries.staying(pair.helper_id)
            sign = sign_now(self.place_id)
            if stay is None:
                actions.arrive(pair.read(), pair.read().helper, place, sign, by=pair.helper.actor())
            else:
                actions.leave(stay, place, sign, by=pair.helper.actor())

        self._do(act)

    @rule(n=st.integers(0, 99), a=MINUTE, b=MINUTE)
    def correct(self, n: int, a: str, b: str) -> None:
        """Other times for any entry there ever was."""
        number, by = self._any(n), self.pairs[0].helper
        if number is not None:
            new = said(self.today, a, b)
            self._do(lambda: actions.correct(queries.get(number), new, by=by.actor()))

    @rule(n=st.integers(0, 99))
    def take_back(self, n: int) -> None:
        """Any entry."""
        number, by = self._any(n), self.pairs[0].helper
        if number is not None:
            self._do(lambda: actions.withdraw(queries.get(number), by=by.actor()))

    @rule(n=st.integers(0, 99), rightly=st.booleans())
    def verify(self, n: int, rightly: bool) -> None:
        """By the director, or by the helper whose it is, who may not."""
        number = self._any(n)
        if number is None:
            return
        with db.read():
            others = queries.get(number).helper_id == self.beside.helper_id
        own = (self.beside if others else self.pairs[0]).helper
        by = self.pairs[0].director if rightly else own
        self._do(lambda: actions.verify([queries.get(number)], by=by.actor()))

    @rule(n=st.integers(0, 99), why=st.sampled_from(DisputeReason))
    def dispute(self, n: int, why: DisputeReason) -> None:
        """By the director."""
        number, by = self._any(n), self.pairs[0].director
        if number is not None:
            self._do(lambda: actions.dispute(queries.get(number), why, by=by.actor()))

    @invariant()
    def all_is_true(self) -> None:
        """No moment twice, no impossible day, nobody's own word for it, nothing changed or gone,
        one session a code, equal sums."""
        with db.read():
            rows = db.session.query(ServiceSession).order_by(ServiceSession.start_at).all()
            for helper in {s.helper_id for s in rows}:
                possible([s for s in rows if s.state in HOLDING and s.helper_id == helper])
            for s in rows:
                if s.evidence is Evidence.listed and s.state is not EntryState.reversal:
                    assert s.verified_by == self.pairs[0].director.account_id
            now = {s.id: line(s) for s in rows}
            assert now == now | self.lines, "an entry was changed or is gone"
            self.lines = now
            used = [s.code_id for s in rows if s.code_id is not None]
            assert len(used) == len(set(used))
            self._reversed_are_nothing(rows)
            self._sums_are_the_same_everywhere()

    def _reversed_are_nothing(self, rows: list[ServiceSession]) -> None:
        by_id = {s.id: s for s in rows}
        back = {s.reverses: s for s in rows if s.reverses is not None}
        for s in rows:
            assert (s.state is EntryState.reversed) == (s.id in back)
        for number, s in back.items():
            was = by_id[number or 0]
            assert was.minutes + s.minutes == 0
            assert (was.book, was.evidence) == (s.book, s.evidence)

    def _sums_are_the_same_everywhere(self) -> None:
        """For each of the two helpers the query, the person's list, the pairings' lists and the
        lines of a record; both together the county's table and the units'."""
        county, units = _county(), by_unit(self.pairs[0].read().county_id)
        both = [queries.sums(one.helper_id) for one in (self.pairs[0], self.beside)]
        for book in Book:
            for evidence in Evidence:
                minutes = sum(sums[book][evidence].minutes for sums in both)
                assert county.get((book, evidence), 0) == minutes
                assert sum(u.minutes[book][evidence] for u in units) == minutes
        self._own_sums(self.pairs)
        self._own_sums((self.beside,))

    def _own_sums(self, pairs: tuple[Pair, ...]) -> None:
        helper = pairs[0].helper_id
        sums = queries.sums(helper)
        own, total = queries.of_helper(helper, 1, 999)
        both = [s for p in pairs for s in queries.of_pairing(p.id, 999)]
        assert total == len(own)
        for book in Book:
            for evidence in Evidence:
                tally = sums[book][evidence]
                for rows in (own, both):
                    counted = [s for s in rows if s.state is EntryState.counted]
                    fit = [s.minutes for s in counted if (s.book, s.evidence) == (book, evidence)]
                    assert (sum(fit), len(fit)) == (tally.minutes, tally.sessions)
        lines = queries.lines(helper, self.today - timedelta(days=9), self.today)
        for evidence in Evidence:
            told = sum(getattr(one, evidence.value) for one in lines)
            assert told == sums[Book.voluntary][evidence].minutes

    def teardown(self) -> None:
        """What is certified at the end is what stands then, and stays so."""
        pair = self.pairs[0]
        with db.read():
            voluntary = queries.sums(pair.helper_id)[Book.voluntary]
        if not sum(tally.sessions for tally in voluntary.values()):
            return
        with db.write():
            issued = actions.issue_certificate(
                helpers.get(pair.helper_id),
                self.today - timedelta(days=9),
                self.today,
                by=pair.helper.actor(),
            )
            assert {e: issued.sums[e.value] for e in Evidence} == {
                e: voluntary[e].minutes for e in Evidence
            }


def _county() -> dict[tuple[Book, Evidence], int]:
    """The plain sums of the whole ledger."""
    found = (
        select(ServiceSession.book, ServiceSession.evidence, func.sum(ServiceSession.minutes))
        .where(ServiceSession.state.in_(SUMMED))
        .group_by(ServiceSession.book, ServiceSession.evidence)
    )
    return {(book, evidence): int(m) for book, evidence, m in db.session.execute(found)}


def beside(first: Pair) -> Pair:
    """Whoever comes to the first child too, as a team, and has met it today."""
    with clock.moved_to(clock.now() + timedelta(days=31)), db.write():
        assert life.finish_trial(first.id)
    return joined(first)


def play(steps: int, examples: int) -> None:
    """The machine against the real database of the present application."""
    found = two_pairs()
    second = beside(found[0])
    home = home_of(found[0])
    with evening_after(4) as day:

        class Played(Hours):
            pairs, beside, today, place_id = found, second, day, home

        run_state_machine_as_test(
            Played,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                phases=[Phase.generate],  # a run against a real database is not made shorter
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert clock.today() < day


def test_any_order_of_acts_leaves_true_hours(app: Flask) -> None:
    """Played against the real database."""
    play(STEPS, EXAMPLES)
