"""What a campaign, a class and a list must be. Made to fail: a campaign that asks for no day of the
police; a list with one helper; a class that meets a day too long."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiedui.activities.rules import (
    ActivityRefusal,
    Came,
    ClassSaid,
    SeasonKind,
    SeasonSaid,
    class_fault,
    list_fault,
    meetings_of,
    season_fault,
)

TODAY, POLICE = date(2026, 12, 1), date(2026, 12, 15)
NEAR = st.dates(date(2026, 11, 1), date(2027, 5, 1))
BEGUN, OVER = datetime(2027, 1, 18, 9), datetime(2027, 1, 18, 11, 30)


@given(NEAR, NEAR, NEAR)
def test_whoever_is_checked_in_time_can_come(checks: date, starts: date, ends: date) -> None:
    """A campaign that is not refused gives the police their ten days before anybody comes."""
    fault = season_fault(SeasonSaid(SeasonKind.winter, checks, starts, ends), TODAY, POLICE)
    good = TODAY < starts <= ends and POLICE <= checks < starts
    assert (fault is None) == (good and (ends - starts).days <= 100)


def _class(**over: object) -> ClassSaid:
    plain: dict[str, object] = {
        "title": "画画", "unit_id": 1, "place_id": 1, "seats": 20, "starts": date(2027, 1, 18),
        "ends": date(2027, 1, 29), "weekdays": frozenset(range(5)), "begins_at": time(9),
        "ends_at": time(11, 30),
    }  # fmt: skip
    return ClassSaid(**{**plain, **over})  # type: ignore[arg-type]


@given(NEAR, st.integers(0, 60), st.sets(st.integers(0, 6)))
def test_a_class_meets_on_its_weekdays_within_its_days(
    starts: date, days: int, weekdays: set[int]
) -> None:
    ends = starts + timedelta(days=days)
    said = _class(starts=starts, ends=ends, weekdays=frozenset(weekdays))
    met = meetings_of(said)
    assert all(starts <= day <= ends and day.weekday() in weekdays for day in met)
    assert len(met) == sum(
        (starts + timedelta(days=n)).weekday() in weekdays for n in range(days + 1)
    )
    fault = class_fault(said, (starts, ends))
    assert fault == (None if met else (ActivityRefusal.no_meeting, "weekdays"))


def test_what_is_wrong_with_a_class() -> None:
    season = date(2027, 1, 15), date(2027, 2, 20)
    wrong = {
        ActivityRefusal.class_backwards: _class(ends=date(2027, 1, 17)),
        ActivityRefusal.outside_season: _class(ends=date(2027, 2, 21)),
        ActivityRefusal.times_backwards: _class(ends_at=time(9)),
        ActivityRefusal.class_too_long: _class(ends_at=time(17, 1)),
        ActivityRefusal.no_meeting: _class(weekdays=frozenset()),
    }
    for code, said in wrong.items():
        fault = class_fault(said, season)
        assert fault is not None
        assert fault[0] is code
    assert class_fault(_class(), season) is None


def _came(who: int, start: datetime = BEGUN, end: datetime = OVER) -> Came:
    return Came(who, start, end)


def test_nobody_is_alone_with_a_class() -> None:
    def fault(*came: Came) -> ActivityRefusal | None:
        found = list_fault(came, {1, 2, 3}, (BEGUN, OVER))
        return found[0] if found else None

    minute = timedelta(minutes=1)
    assert fault(_came(1), _came(2)) is None
    assert fault() is ActivityRefusal.two_needed
    assert fault(_came(1)) is ActivityRefusal.two_needed
    assert fault(_came(1), _came(1)) is ActivityRefusal.two_needed
    assert fault(_came(1), _came(4)) is ActivityRefusal.not_of_class
    assert fault(_came(1), _came(2, OVER, OVER)) is ActivityRefusal.no_length
    assert fault(_came(1), _came(2, BEGUN - minute)) is ActivityRefusal.outside_meeting
    assert fault(_came(1), _came(2, BEGUN, OVER + minute)) is ActivityRefusal.outside_meeting
