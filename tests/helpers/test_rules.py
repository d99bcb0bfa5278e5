"""The rules of vetting and of offering, tried on whatever can be."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiedui.core.months import months_after
from jiedui.core.resident_id import ResidentId, Sex
from jiedui.helpers import rules
from jiedui.helpers.rules import (
    CONDUCT_VERSION,
    CredentialKind,
    Fact,
    Gate,
    GateState,
    HelperKind,
    HelperRefusal,
    HelpKind,
    NextStep,
    Outcome,
    Seen,
)

TODAY = date(2026, 11, 25)
days = st.dates(date(2024, 1, 1), TODAY)
untils = st.none() | st.dates(date(2024, 1, 1), date(2028, 1, 1))
facts = st.builds(
    Fact, st.sampled_from(Gate), st.sampled_from(Outcome), days, untils, st.just(CONDUCT_VERSION)
)
papers = st.builds(
    Seen, st.sampled_from(CredentialKind), st.none() | st.sampled_from(Outcome), untils
)
kinds = st.frozensets(st.sampled_from(HelpKind), min_size=1)


@given(st.lists(facts, max_size=12), st.sampled_from(Gate))
def test_the_latest_finding_counts(found: list[Fact], gate: Gate) -> None:
    """A bad one recorded last is bad; a good one that is the youngest and last is what counts."""
    bad = Fact(gate, Outcome.bad, date(2020, 1, 1))
    assert rules.gate_state(gate, [*found, bad], TODAY) is GateState.bad
    good = Fact(gate, Outcome.good, TODAY, None, CONDUCT_VERSION)
    assert rules.gate_state(gate, [*found, bad, good], TODAY) is GateState.good


@given(st.lists(facts, max_size=12), st.sampled_from(Gate), days)
def test_a_bad_finding_stays_until_a_later_good_one(
    found: list[Fact], gate: Gate, on: date
) -> None:
    """A good paper from before the bad day opens nothing."""
    bad = Fact(gate, Outcome.bad, on)
    older = Fact(gate, Outcome.good, on - timedelta(days=1), None, CONDUCT_VERSION)
    assert rules.gate_state(gate, [*found, bad, older], TODAY) is GateState.bad


@given(untils, st.integers(0, 800))
def test_a_gate_expires_the_day_after_its_last(until: date | None, later: int) -> None:
    """The last day still counts."""
    day = TODAY + timedelta(days=later)
    fact = Fact(Gate.record_check, Outcome.good, date(2024, 1, 1), until)
    state = rules.gate_state(Gate.record_check, [fact], day)
    assert (state is GateState.expired) is (until is not None and day > until)


@given(st.sampled_from(HelperKind), kinds, st.lists(facts), st.lists(papers))
def test_cleared_is_every_needed_gate_and_nothing_else(
    kind: HelperKind, offers: frozenset[HelpKind], found: list[Fact], shown: list[Seen]
) -> None:
    """Nobody is cleared with a gate that is missing, bad or expired."""
    needed = rules.gates_for(offers, kind is HelperKind.social_worker)
    states = rules.gate_states((kind, offers), found, shown, TODAY)
    assert set(needed) <= set(states)
    expected = all(states[g] in (GateState.good, GateState.expiring) for g in needed)
    assert rules.passes(needed, states) is expected
    assert (Gate.credential in needed) is (
        kind is HelperKind.social_worker or offers == {HelpKind.counselling}
    )


@given(st.lists(papers), st.sampled_from(HelperKind))
def test_one_good_paper_is_enough(shown: list[Seen], kind: HelperKind) -> None:
    """And a paper of another kind opens nothing."""
    wanted = rules.papers_wanted(kind)
    one = next(iter(wanted))
    good = rules.credential_state(wanted, [*shown, Seen(one, Outcome.good)], TODAY)
    assert good is GateState.good
    others = [p for p in shown if p.kind not in wanted]
    assert rules.credential_state(wanted, others, TODAY) is GateState.missing


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 36))
def test_months_are_months(day: date, months: int) -> None:
    """The same day of the month, or its last; never a day of the next month."""
    end = months_after(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(st.sampled_from(Gate), st.sampled_from(GateState), st.booleans())
def test_every_gate_says_what_comes_next(gate: Gate, state: GateState, account: bool) -> None:
    """Nothing only when all is well."""
    step = rules.next_step(gate, state, account)
    assert (step is NextStep.nothing) is (state is GateState.good)


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_school_holidays_are_to_come(today: date) -> None:
    """Two of them, in order, none over yet."""
    first, second = rules.school_holidays(today)
    assert first.ends is not None
    assert first.ends >= today
    assert second.starts > first.ends


@given(st.dates(date(1950, 1, 1), TODAY))
def test_eighteen_is_the_birthday_itself(birth: date) -> None:
    """Not a day sooner."""
    try:
        eighteenth = birth.replace(year=birth.year + 18)
    except ValueError:  # 29 February: a year older on 1 March
        eighteenth = date(birth.year + 18, 3, 1)
    assert (rules.age_fault(birth, TODAY) is None) is (eighteenth <= TODAY)


def test_a_social_worker_without_agency_is_told_so() -> None:
    """Both faults are named, each with its field."""
    who = ResidentId("999999199005170017", date(1990, 5, 17), Sex.male)
    person = rules.Person(HelperKind.social_worker, who, None, None)
    assert list(rules.who_faults(person, TODAY)) == [
        (HelperRefusal.licence_missing, "licence"),
        (HelperRefusal.agency_missing, "unit_id"),
    ]
