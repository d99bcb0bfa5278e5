"""When somebody is asked, who hears of a silence, and what colour a pairing has.

Seen to fail: the monthly rhythm kept for pairings that go well; the office told before the
director; a sad child counted as amber.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiedui.care.rules.visits import Helped
from jiedui.followup.rules import Face, Health
from jiedui.followup.rules.asking import ask_by
from jiedui.followup.rules.clocks import INTERVAL, Step, answering, come, meeting, silence
from jiedui.followup.rules.health import GRAVE, Life, Sign, health, signs
from jiedui.needs.rules import Frequency
from jiedui.pairings.rules import PairingState, PauseReason

BEGAN = date(2026, 3, 2)
WEEK = timedelta(days=7)
SILENCE = [Step.helper, Step.village, Step.office, Step.closing]
days = st.integers(0, 400).map(lambda n: BEGAN + timedelta(days=n))


def after(count: int) -> date:
    """So many days after it began."""
    return BEGAN + timedelta(days=count)


def test_twice_in_the_first_month_then_with_the_quarterly_visit() -> None:
    assert ask_by(BEGAN, [], Health.green) == after(14)
    assert ask_by(BEGAN, [after(10)], Health.green) == after(30)
    assert ask_by(BEGAN, [after(10), after(28)], Health.green) == after(28 + 92)
    assert ask_by(BEGAN, [after(10), after(28)], Health.amber) == after(58)
    assert ask_by(BEGAN, [after(10), after(28)], Health.red) == after(58)


def test_a_day_counts_once_and_one_before_the_beginning_not_at_all() -> None:
    assert ask_by(BEGAN, [after(3), after(3), after(-20)], Health.green) == after(30)


@given(st.lists(days), st.sampled_from(list(Health)))
def test_whoever_does_badly_is_never_asked_later(heard: list[date], how: Health) -> None:
    assert ask_by(BEGAN, heard, how) <= ask_by(BEGAN, heard, Health.green)


def test_a_weekly_pairing_goes_silent_step_by_step() -> None:
    steps = {n: come(silence(BEGAN, WEEK), after(n)) for n in (13, 14, 21, 28, 41, 42)}
    assert steps[13] == []
    assert steps[14] == [Step.helper]
    assert steps[21] == [Step.helper, Step.village]
    assert steps[28] == [Step.helper, Step.village, Step.office] == steps[41]
    assert steps[42] == SILENCE


@given(days, st.sampled_from(list(Frequency)))
def test_each_hears_after_the_one_before_and_nobody_before_twice_the_interval(
    last: date, often: Frequency
) -> None:
    found = silence(last, INTERVAL[often])
    assert list(found) == SILENCE
    assert sorted(found.values()) == list(found.values())
    assert len(set(found.values())) == len(SILENCE)
    assert found[Step.helper] - last == 2 * INTERVAL[often]
    assert found[Step.closing] - last >= timedelta(weeks=6)


def test_a_card_that_waits_is_told_of_after_three_days_and_seven() -> None:
    steps = answering(BEGAN)
    assert [come(steps, after(n)) for n in (2, 3, 6)] == [[], [Step.remind], [Step.remind]]
    assert come(steps, after(7)) == [Step.remind, Step.unanswered]
    assert come(meeting(BEGAN), after(20)) == []
    assert come(meeting(BEGAN), after(21)) == [Step.not_met]


def active(**over: object) -> Life:
    """A weekly pairing that met yesterday."""
    facts = {"state": PairingState.active, "every": WEEK, "last": after(-1)}
    return Life(**(facts | over))  # type: ignore[arg-type]


def test_nothing_speaks_against_a_pairing_that_meets() -> None:
    assert signs(active(face=Face.glad, going=frozenset({Helped.well})), BEGAN) == []
    assert health([]) is Health.green


def test_a_childs_sad_face_is_grave_whatever_the_others_say() -> None:
    found = signs(active(face=Face.sad, going=frozenset({Helped.well})), BEGAN)
    assert found == [Sign.child_sad]
    assert health(found) is Health.red


def test_silence_grows_graver() -> None:
    assert signs(active(last=after(-14)), BEGAN) == [Sign.silent]
    assert health([Sign.silent]) is Health.amber
    assert signs(active(last=after(-28)), BEGAN) == [Sign.silent_long]
    assert health([Sign.silent_long]) is Health.red


def test_a_pause_is_no_silence_but_is_not_forgotten() -> None:
    quiet = active(
        state=PairingState.paused, pause=PauseReason.helper_away, paused_on=after(-20),
        last=after(-90),
    )  # fmt: skip
    assert signs(quiet, BEGAN) == []
    assert signs(quiet, after(9)) == [Sign.paused_long]
    stopped = active(
        state=PairingState.paused, pause=PauseReason.family_wish, paused_on=BEGAN, last=None
    )
    assert signs(stopped, BEGAN) == [Sign.stopped]
    assert health([Sign.stopped]) is Health.red


def test_a_goodbye_and_a_first_meeting_that_do_not_come() -> None:
    ending = active(state=PairingState.closing, goodbye_on=after(-1), last=after(-60))
    assert signs(ending, BEGAN) == [Sign.goodbye_overdue]
    assert signs(active(state=PairingState.closing, goodbye_on=BEGAN), BEGAN) == []
    unmet = active(state=PairingState.ready, ready_on=after(-22), last=after(-22))
    assert signs(unmet, BEGAN) == [Sign.not_met]
    assert signs(unmet, after(-1)) == []


@given(st.sets(st.sampled_from(list(Sign))))
def test_the_colour_is_that_of_the_gravest_sign(found: set[Sign]) -> None:
    listed = [sign for sign in Sign if sign in found]
    assert (health(listed) is Health.red) is bool(found & GRAVE)
    assert (health(listed) is Health.green) is (not found)
