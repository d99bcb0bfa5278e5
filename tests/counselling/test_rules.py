"""How a referral goes, what a list of a screening says, what a school lacks: pure rules.

Seen to fail: a hospital that hands on after accepting (PASSABLE), an office that may decline
(OFFICE_MAY), a referral without a guardian's yes (consent_fault), January counted to another year
(term_of), a line with three parts that is read (_line).
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiedui.counselling.rules import referrals as r
from jiedui.counselling.rules.referrals import Level, Move, ReferralRefusal, ReferralState
from jiedui.counselling.rules.schools import Gap, gaps, term_of
from jiedui.counselling.rules.screening import SAID, LineFault, code_number, read_lines

ANY_DAY = st.dates(date(2020, 1, 1), date(2040, 12, 31))
CLOSED = ReferralState.closed


@given(st.sampled_from(Level), st.sampled_from(ReferralState), st.booleans())
def test_whoever_waits_is_waited_for(level: Level, state: ReferralState, crisis: bool) -> None:
    """Every state but the last has a clock and a step that a counsellor can take; the office can
    do no more than a counsellor, and nothing that says something of the child."""
    counsellor = set(r.moves_for(level, state, counsellor=True))
    office = set(r.moves_for(level, state, counsellor=False))
    assert bool(counsellor) == (state is not CLOSED)
    assert (r.days_within(level, state, crisis=crisis) is None) == (state is CLOSED)
    assert office <= counsellor
    assert not office & {Move.decline, Move.report, Move.close, Move.hand_on}


@given(st.lists(st.integers(0, 9), max_size=30))
def test_every_way_can_end(choices: list[int]) -> None:
    """Whatever counsellors choose, it can still be closed, and a hospital hands on only after it
    has declined."""
    level, state = Level.county, ReferralState.sent
    for choice in choices:
        can = r.moves_for(level, state, counsellor=True)
        if not can:
            break
        move = can[choice % len(can)]
        if move is Move.hand_on:
            assert level is Level.county or state is ReferralState.declined
            level, state = Level.hospital, ReferralState.sent
        else:
            state = r.LEADS_TO[move]
    for _step in range(6):
        if state is CLOSED:
            break
        can = [m for m in r.moves_for(level, state, counsellor=True) if m is not Move.hand_on]
        state = r.LEADS_TO[can[0]]
    assert state is CLOSED


def test_only_a_crisis_does_not_wait_for_the_guardian() -> None:
    """A yes, or a crisis, which is acknowledged on the same day."""
    assert r.consent_fault(crisis=False, consented=False) is ReferralRefusal.consent_missing
    assert r.consent_fault(crisis=True, consented=False) is None
    assert r.consent_fault(crisis=False, consented=True) is None
    assert r.days_within(Level.county, ReferralState.sent, crisis=True) == 0


@given(st.lists(st.tuples(st.integers(1, 9_999_999), st.sampled_from(sorted(SAID)))))
def test_a_list_is_read_as_it_is_pasted(rows: list[tuple[int, str]]) -> None:
    """Tabs, blanks or commas; empty lines count for the number of a line only."""
    text = "\n\n".join(f"C-{n:04d}\t{word}" for n, word in rows)
    lines = read_lines(text)
    assert [(code_number(one.who), one.finding) for one in lines] == [
        (number, SAID[word]) for number, word in rows
    ]
    assert [one.number for one in lines] == list(range(1, 2 * len(rows), 2))


def test_a_line_that_says_something_else_has_a_fault() -> None:
    """Nothing is guessed."""
    faults = [one.fault for one in read_lines("C-0001\nC-0002 很好\nC-0003 正常 紧急\nC-4 urgent")]
    assert faults == [LineFault.two_parts, LineFault.level_unknown, LineFault.two_parts, None]
    assert code_number("990001201505170028") is None


@given(ANY_DAY)
def test_each_day_lies_in_one_term(day: date) -> None:
    """Terms follow each other without a gap."""
    term = term_of(day)
    assert term.first <= day <= term.last
    assert term_of(term.last + timedelta(days=1)).first == term.last + timedelta(days=1)


@given(st.integers(0, 5), st.integers(0, 5), st.none() | st.integers(1, 9000))
def test_what_a_school_lacks(teachers: int, visits: int, pupils: int | None) -> None:
    """No teacher, no visit, unknown pupils each count; many pupils only where there is a
    teacher."""
    found = set(gaps(teachers, visits, pupils))
    assert (Gap.no_teacher in found) == (teachers == 0)
    assert (Gap.no_visit in found) == (visits == 0)
    assert (Gap.pupils_unknown in found) == (pupils is None)
    many = teachers > 0 and pupils is not None and pupils / max(teachers, 1) > 1000
    assert (Gap.many_pupils in found) == many
