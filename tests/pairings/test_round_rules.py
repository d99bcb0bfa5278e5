"""What the engine says, what a draft gives way to, and the one line: every piece is a fact."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

import matching
from jiedui.core import words
from jiedui.helpers.rules import Language, Subject
from jiedui.pairings.candidates.changes import smallest
from jiedui.pairings.candidates.lines import line
from jiedui.pairings.candidates.snapshot import Snapshot
from jiedui.pairings.rules.reasons import (
    Barrier,
    Change,
    Gap,
    Part,
    Reason,
    Standing,
    in_the_way,
    not_again_until,
)
from jiedui.pairings.rules.rounds import RemoveReason, SuggestionState, has_human_hand, number_in
from jiedui.pairings.views.wording import pair_line
from matching.features import MISSING

TODAY = date(2026, 11, 23)
LANGUAGES = frozenset(one.value for one in Language)
SUBJECTS = frozenset(one.value for one in Subject)


def some(codes: frozenset[str]) -> st.SearchStrategy[frozenset[str]]:
    """Any few of some codes."""
    return st.frozensets(st.sampled_from(sorted(codes)), max_size=3)


SLOTS = st.frozensets(st.integers(0, 20), min_size=1, max_size=8)
NEEDS = st.builds(
    matching.Need,
    id=st.just(1),
    kind=st.sampled_from(["tutoring", "counselling"]),
    child_ids=st.sampled_from([(1,), (1, 2)]),
    subjects=some(SUBJECTS),
    languages=some(LANGUAGES),
    mode=st.sampled_from(matching.MODES),
    credential=st.sampled_from([None, "counselling"]),
    frequency=st.sampled_from(["weekly", "monthly"]),
    lat=st.floats(25.0, 25.2),
    lon=st.floats(115.0, 115.2),
    township_id=st.sampled_from([1, 2]),
    slots=SLOTS,
    living_helpers=st.sampled_from([(), (2,)]),
)
HELPERS = st.builds(
    matching.Helper,
    id=st.just(2),
    offers=st.just(frozenset({"tutoring", "counselling"})),
    subjects=some(SUBJECTS),
    languages=some(LANGUAGES),
    credentials=st.sampled_from([frozenset(), frozenset({"counselling"})]),
    modes=st.just(frozenset(matching.MODES)),
    lat=st.floats(25.0, 25.2),
    lon=st.floats(115.0, 115.2),
    township_id=st.sampled_from([1, 2]),
    village_id=st.sampled_from([11, 12]),
    max_km=st.just(100.0),
    slots=SLOTS,
)


def test_the_codes_are_the_engines() -> None:
    """A code the engine learns and the portal does not know would have no words."""
    assert {one.value for one in Barrier} == set(matching.BARRIERS)
    assert {one.value for one in Part} == set(matching.PARTS)
    assert {one.value for one in Gap} == set(MISSING)


@pytest.mark.parametrize("kind", [Barrier, Part, Gap, Reason, Change, RemoveReason])
def test_every_code_has_words(app: Flask, kind: type) -> None:
    """Registered at start; a member without words could not be shown."""
    assert kind in words.worded()


@given(NEEDS, HELPERS, st.booleans(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_every_piece_of_the_line_is_true(
    need: matching.Need, helper: matching.Helper, willing: bool, before: bool
) -> None:
    """Whatever the two are: nothing is said that does not hold, and nothing known is left out."""
    pairs = matching.Pairs(
        willing=((1, 2),) if willing else (), continuity=((1, 2),) if before else ()
    )
    snapshot = Snapshot((need,), (helper,), pairs, matching.Policy(), TODAY, {1: 11})
    one = matching.judge(snapshot.problem, 1, 2, snapshot.policy)
    said = {
        piece[0]: piece[1:] for piece in line(snapshot, one, one.km if one.km else None, one.slot)
    }
    assert set(said) <= {reason.value for reason in Reason}
    in_person = need.mode == "in_person"
    assert (Reason.same_village in said) == (in_person and helper.village_id == 11)
    if Reason.same_township in said:
        assert need.township_id == helper.township_id
    assert (Reason.online in said) == (need.mode == "online")
    if Reason.weekly_slot in said:
        assert said[Reason.weekly_slot][0] in need.slots & helper.slots
    if Reason.speaks in said:
        assert set(said[Reason.speaks][0]) <= need.languages & helper.languages
    assert (Reason.teaches in said) == bool(need.subjects & helper.subjects)
    assert (Reason.credential in said) == (
        need.credential is not None and need.credential in helper.credentials
    )
    assert (Reason.siblings in said) == (len(need.child_ids) > 1)
    if one.admissible:
        assert (Reason.willing in said) == willing
        assert (Reason.helped_before in said) == before
        assert (Reason.known_to_child in said) == (2 in need.living_helpers)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (
            [["same_township"], ["kilometres", 3], ["weekly_slot", 16], ["speaks", ["hakka"]],
             ["teaches", ["mathematics"]]],
            "同镇 3 公里 · 周六下午 · 会客家话 · 能教数学",
        ),
        ([["kilometres", 12], ["time_agreed"], ["siblings"]], "12 公里 · 时间商定 · 兄弟姐妹一起"),
        ([["online"], ["weekly_slot", 2], ["willing"]], "线上 · 周一晚上 · 本人愿意"),
        ([["phone"], ["time_agreed"], ["known_to_child"]], "电话 · 时间商定 · 孩子认识"),
    ],
)  # fmt: skip
def test_the_line_in_chinese(app: Flask, pieces: list[list[object]], expected: str) -> None:
    """As a coordinator reads it."""
    with app.test_request_context():
        assert pair_line(pieces) == expected


ROWS = st.lists(
    st.builds(
        Standing,
        id=st.integers(1, 1000),
        need_id=st.integers(1, 4),
        helper_id=st.integers(1, 4),
        slot=st.one_of(st.none(), st.integers(0, 2)),
    ),
    max_size=8,
    unique_by=lambda row: row.id,
)


@given(ROWS, st.builds(Standing, st.just(0), st.integers(1, 4), st.integers(1, 4),
                       st.one_of(st.none(), st.integers(0, 2))),
       st.integers(1, 3), st.integers(1, 3))  # fmt: skip
def test_what_stays_beside_a_new_pair_leaves_it_room(
    rows: list[Standing], new: Standing, demand: int, room: int
) -> None:
    """The need has a place, the helper has a place and the time; nothing unrelated goes."""
    out = in_the_way(rows, new, demand, room)
    stay = [row for row in rows if row not in out]
    assert Counter(row.need_id for row in stay)[new.need_id] <= demand - 1
    assert Counter(row.helper_id for row in stay)[new.helper_id] <= room - 1
    if new.slot is not None:
        assert all(row.slot != new.slot for row in stay if row.helper_id == new.helper_id)
    related = [r for r in rows if r.need_id == new.need_id or r.helper_id == new.helper_id]
    assert set(out) <= set(related)


def test_a_wait_for_somebody_better_ends() -> None:
    """Other reasons are for good."""
    assert not_again_until(RemoveReason.wait_for_other, TODAY) == date(2026, 12, 23)
    assert not_again_until(RemoveReason.known_conflict, TODAY) is None


@pytest.mark.parametrize(
    ("said", "number"),
    [("N-0041", 41), ("v 12", 12), ("7", 7), ("", None), ("N-", None), ("一", None), ("-5", 5)],
)
def test_numbers_as_people_write_them(said: str, number: int | None) -> None:
    """With or without letter, blank and zeros."""
    assert number_in(said) == number


def test_a_persons_hand_on_a_draft_is_seen() -> None:
    """Settled, taken out, made or changed."""
    kept = [SuggestionState.kept]
    assert not has_human_hand(kept, [None, None])
    assert has_human_hand(kept, [7])
    assert has_human_hand([SuggestionState.removed], [])


def test_the_smallest_change_is_tried_out() -> None:
    """One more common time would do; with no time left to try, nothing is claimed."""
    need = matching.Need(id=1, kind="reading", slots=frozenset({3}))
    helper = matching.Helper(id=2, offers=frozenset({"reading"}), slots=frozenset({5}))
    snapshot = Snapshot((need,), (helper,), matching.Pairs(), matching.Policy(), TODAY)
    change = smallest(snapshot, [1], seconds=5)[1]
    assert (change["code"], change["slot"]) == (Change.child_slot.value, 5)
    assert smallest(snapshot, [1], seconds=0) == {}
