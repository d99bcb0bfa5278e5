"""Small rounds drawn by hypothesis: every rule, class and shape of need occurs."""

from __future__ import annotations

import os
from datetime import date, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from matching import Helper, Need, Pairs, Policy, Problem

TODAY = date(2026, 9, 1)
POLICY = Policy()
KINDS = ("companionship", "reading", "tutoring")
SUBJECTS = ("english", "maths")
LANGUAGES = ("hakka", "putonghua")
SLOT_SETS = st.frozensets(st.integers(0, 3), min_size=1, max_size=3)
# A few places within some kilometres of each other.
PLACES = ((25.60, 115.79), (25.61, 115.80), (25.66, 115.79), (25.70, 115.95), (None, None))

_sets = lambda codes: st.frozensets(st.sampled_from(codes))  # noqa: E731
_mostly = lambda common, *rare: st.sampled_from([*[common] * 12, *rare])  # noqa: E731


def examples(count: int) -> settings:
    """So many examples, or MATCHING_EXAMPLES times as many."""
    times = int(os.environ.get("MATCHING_EXAMPLES", "1"))
    return settings(
        max_examples=count * times,
        deadline=None,
        derandomize=times == 1,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


@st.composite
def needs_of(draw: st.DrawFn, need_id: int) -> Need:
    """One need."""
    lat, lon = draw(_mostly(PLACES[0], *PLACES))
    return Need(
        id=need_id,
        kind=draw(_mostly("reading", "companionship", "companionship", "tutoring")),
        child_ids=draw(st.sampled_from([(1,), (1,), (2,), (2,), (3,), (1, 2), ()])),
        household_id=draw(st.sampled_from([None, 1, 2])),
        subjects=draw(_mostly(frozenset(), frozenset({"maths"}), frozenset(SUBJECTS))),
        stage=draw(_mostly(None, "primary_lower", "junior")),
        mode=draw(_mostly("in_person", "online", "phone")),
        lat=lat,
        lon=lon,
        township_id=draw(st.sampled_from([1, 2, None])),
        slots=draw(_mostly(SLOT_SETS, st.just(frozenset())).flatmap(lambda sets: sets)),
        frequency=draw(_mostly("weekly", "fortnightly", "monthly", "n_per_week")),
        times_per_week=draw(st.integers(1, 2)),
        demand=draw(_mostly(1, 2)),
        languages=draw(_mostly(frozenset(), frozenset({"hakka"}), frozenset({"putonghua"}))),
        child_sex=draw(_mostly("m", "f", "f")),
        wished_sex=draw(_mostly(None, "f", "m")),
        credential=draw(_mostly(None, None, "counsellor")),
        starts=draw(st.sampled_from([None, TODAY])),
        ends=draw(_mostly(None, TODAY + timedelta(days=100), TODAY + timedelta(days=300))),
        urgency=draw(st.sampled_from(["red", "yellow", "normal"])),
        risk_red=draw(_mostly(False, False, True)),
        waiting_days=draw(st.integers(0, 120)),
        consent=draw(_mostly(True, True, False)),
        living_helpers=draw(_mostly((), (1,), (1, 2))),
    )


@st.composite
def helpers_of(draw: st.DrawFn, helper_id: int) -> Helper:
    """One helper."""
    lat, lon = draw(_mostly(PLACES[0], *PLACES))
    return Helper(
        id=helper_id,
        kind=draw(_mostly("volunteer", "social_worker")),
        sex=draw(_mostly("f", "m", "m", None)),
        offers=draw(_mostly(frozenset(KINDS), frozenset(KINDS[:1]))),
        subjects=draw(_sets(SUBJECTS)),
        stages=draw(_sets(("primary_lower", "junior"))),
        credentials=draw(_sets(("counsellor",))),
        cleared=draw(_mostly(True, True, False)),
        modes=draw(_mostly(frozenset({"in_person", "online", "phone"}), frozenset({"in_person"}))),
        lat=lat,
        lon=lon,
        township_id=draw(st.sampled_from([1, 2, None])),
        max_km=draw(_mostly(10.0, None, 3.0, 25.0)),
        travel=draw(st.sampled_from(["walk", "ebike", "car"])),
        slots=draw(SLOT_SETS),
        busy_slots=draw(_mostly(frozenset(), frozenset({0}))),
        languages=draw(_mostly(frozenset(), frozenset({"hakka"}), frozenset({"putonghua"}))),
        capacity=draw(st.integers(1, 3)),
        living=draw(_mostly(0, 1)),
        periods=draw(
            _mostly(
                (),
                ((TODAY, None),),
                ((TODAY, TODAY + timedelta(days=60)), (TODAY + timedelta(days=90), None)),
            )
        ),
        household_related=draw(_mostly(frozenset(), frozenset({1}))),
    )


@st.composite
def rounds(draw: st.DrawFn, needs: int = 5, helpers: int = 3) -> Problem:
    """A whole round."""
    need_ids = range(1, draw(st.integers(1, needs)) + 1)
    helper_ids = range(1, draw(st.integers(1, helpers)) + 1)
    pair = st.tuples(st.sampled_from(list(need_ids)), st.sampled_from(list(helper_ids)))
    child = st.tuples(st.integers(1, 3), st.sampled_from(list(helper_ids)))
    pin = st.tuples(
        st.sampled_from(list(need_ids)),
        st.sampled_from(list(helper_ids)),
        st.none() | st.integers(0, 3),
    )
    return Problem.from_rows(
        [draw(needs_of(need_id)) for need_id in need_ids],
        [draw(helpers_of(helper_id)) for helper_id in helper_ids],
        Pairs(
            blocked=tuple(draw(st.lists(pair, max_size=1))),
            related=tuple(draw(st.lists(pair, max_size=1))),
            willing=tuple(draw(st.lists(pair, max_size=2))),
            continuity=tuple(draw(st.lists(child, max_size=2))),
            pinned=tuple(draw(st.lists(pin, max_size=1))),
        ),
        today=TODAY,
    )
