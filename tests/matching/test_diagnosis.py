"""Every change that is offered is applied once more from scratch, and must work."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import matching
from matching import Helper, Need, Problem, variation
from matching.barriers import SAFETY
from matching.candidates import admissible_edges
from matching.diagnosis import STEPS, Change, smallest_change
from matching.recruitment import recruitment_plan
from matching.shapes import SLOTS
from matching.ways import sharing_groups, ways_now
from matching.whatif import WhatIf
from tests.matching.rounds_of_chance import POLICY, TODAY, examples, helpers_of, needs_of, rounds

SATURDAY = frozenset({15})
READING = frozenset({"reading"})


def applied(problem: Problem, change: Change) -> Problem:
    """The round with the change written into the row it names."""
    needs = {need.id: need for need in problem.need_rows}
    helpers = {helper.id: helper for helper in problem.helper_rows}
    if change.side == "need":
        need = needs[change.need_id]
        needs[need.id] = replace(need, slots=need.slots | {change.slot})
    elif change.helper:
        helpers[change.helper.id] = change.helper
    else:
        helper = helpers[change.helper_id]
        helpers[helper.id] = _wider(helper, change)
    return Problem.from_rows(needs.values(), helpers.values(), problem.pairs, TODAY)


def _wider(helper: Helper, change: Change) -> Helper:
    if change.slot is not None:
        return replace(helper, slots=helper.slots | {change.slot})
    if change.km is not None:
        return replace(helper, max_km=change.km)
    if change.code == "language":
        return replace(helper, languages=helper.languages | {change.what})
    if change.code == "mode":
        return replace(helper, modes=helper.modes | {change.what})
    if change.code == "place":
        return replace(helper, capacity=max(helper.capacity, helper.living) + 1)
    assert (change.code, change.what) == ("missing_datum", "helper_sex")
    return replace(helper, sex="f")


@examples(150)
@given(rounds(needs=5, helpers=3), st.data())
def test_a_round_with_one_row_changed_is_the_round_of_all_rows(
    problem: Problem, data: st.DataObject
) -> None:
    """Made to catch: a row put in another's place, a newcomer who shifts who is related to whom,
    a code or a period that the round had not known. Seen to fail: the table of pairs not
    widened for a newcomer."""
    helper = data.draw(helpers_of(data.draw(st.integers(1, len(problem.helper_rows) + 1))))
    varied = variation.with_helper(problem, helper)
    others = [row for row in problem.helper_rows if row.id != helper.id]
    _same(varied, Problem.from_rows(problem.need_rows, [*others, helper], problem.pairs, TODAY))
    need = data.draw(needs_of(data.draw(st.integers(1, len(problem.need_rows)))))
    rest = [row for row in problem.need_rows if row.id != need.id]
    again = variation.with_need(varied, need)
    _same(again, Problem.from_rows([*rest, need], [*others, helper], problem.pairs, TODAY))


def _same(varied: Problem, built: Problem) -> None:
    assert varied.need_rows == built.need_rows
    assert varied.helper_rows == built.helper_rows
    assert varied.child_ids == built.child_ids
    edges, wanted = admissible_edges(varied, POLICY), admissible_edges(built, POLICY)
    for name in ("need", "helper", "score", "slots"):
        assert np.array_equal(getattr(edges, name), getattr(wanted, name)), name
    ours, theirs = matching.match(varied, POLICY), matching.match(built, POLICY)
    assert ours.tuple_ == theirs.tuple_
    assert ours.pairs == theirs.pairs


@examples(60)
@given(rounds(needs=6, helpers=3))
def test_the_smallest_change_works(problem: Problem) -> None:
    plan = matching.match(problem, POLICY)
    whatif = WhatIf(problem, POLICY)
    assert whatif.base.met == plan.tuple_[:3]
    for unmet in plan.unmet:
        change = smallest_change(whatif, unmet.need_id)
        if change is None:
            continue
        again = matching.match(applied(problem, change), POLICY)
        assert again.tuple_[:3] == change.met_after > plan.tuple_[:3]
        before = sum(pair.need_id == unmet.need_id for pair in plan.pairs)
        assert sum(pair.need_id == unmet.need_id for pair in again.pairs) > before


@examples(60)
@given(rounds(needs=6, helpers=3))
def test_recruits_bring_what_they_promise(problem: Problem) -> None:
    helpers, met = list(problem.helper_rows), matching.match(problem, POLICY).tuple_[:3]
    for recruit in recruitment_plan(WhatIf(problem, POLICY), most=2):
        assert recruit.met_before == met
        helpers.append(recruit.helper)
        again = Problem.from_rows(problem.need_rows, helpers, problem.pairs, TODAY)
        assert matching.match(again, POLICY).tuple_[:3] == recruit.met_after > met
        met = recruit.met_after


def reading(need_id: int, **facts: object) -> Need:
    """A reading need on Saturday morning."""
    row = Need(id=need_id, kind="reading", child_ids=(need_id,), child_sex="m", slots=SATURDAY)
    return replace(row, **facts)  # type: ignore[arg-type]


def reader(helper_id: int, **facts: object) -> Helper:
    """A woman who reads on Saturday morning."""
    return replace(Helper(id=helper_id, sex="f", offers=READING, slots=SATURDAY), **facts)  # type: ignore[arg-type]


def change_for(need: Need, *helpers: Helper) -> Change | None:
    """The change for a need alone with some helpers."""
    return smallest_change(WhatIf(Problem.from_rows([need], helpers), POLICY), need.id)


def test_each_step_is_found_in_its_turn() -> None:
    here, near = {"lat": 25.0, "lon": 115.0}, {"lat": 25.0, "lon": 115.095}
    hakka, other = frozenset({"hakka"}), frozenset({"putonghua"})
    found = {
        "missing_datum": change_for(reading(1), reader(1, slots=frozenset())),
        "slot": change_for(reading(1), reader(1, slots=frozenset({3}))),
        "language": change_for(reading(1, languages=hakka), reader(1, languages=other)),
        "mode": change_for(reading(1, mode="online"), reader(1)),
        "radius": change_for(reading(1, **here), reader(1, max_km=9.0, **near)),
        "place": change_for(reading(1), reader(1, living=1)),
        "new_helper": change_for(reading(1), reader(1, offers=frozenset({"tutoring"}))),
    }
    assert tuple(found) == STEPS
    assert [change and change.code for change in found.values()] == list(STEPS)
    assert found["radius"] is not None
    assert found["radius"].km == 10.0


def test_safety_is_never_offered_away() -> None:
    for barred in (reader(1, cleared=False), reader(1, household_related=frozenset({5}))):
        change = change_for(reading(1, household_id=5), barred)
        assert change is not None
        assert change.code == "new_helper"
    asks = reading(1, credential="counsellor")
    change = change_for(asks, reader(1))
    assert change is not None
    assert change.code == "new_helper"
    assert change_for(reading(1, consent=False), reader(1)) is None
    assert {"clearance", "credential", "consent", "blocked", "related"} == SAFETY


def test_a_child_with_enough_helpers_is_no_shortage() -> None:
    needs = [reading(at, child_ids=(1,), slots=frozenset(range(SLOTS))) for at in (1, 2, 3)]
    helpers = [reader(at, slots=frozenset({at})) for at in (1, 2, 3)]
    problem = Problem.from_rows(needs, helpers)
    plan = matching.match(problem, POLICY)
    assert [unmet.reason for unmet in plan.unmet] == ["child_has_enough_helpers"]
    assert smallest_change(WhatIf(problem, POLICY), plan.unmet[0].need_id) is None


def test_children_at_one_place_and_time_could_share_a_helper() -> None:
    home, far = {"lat": 25.0, "lon": 115.0}, {"lat": 25.05, "lon": 115.0}
    needs = [reading(1, waiting_days=9, **home), reading(2, **home), reading(3, **far)]
    busy = reader(1, modes=frozenset({"in_person", "online"}), **home)
    problem = Problem.from_rows(needs, [busy])
    plan = matching.match(problem, POLICY)
    assert [pair.need_id for pair in plan.pairs] == [1]
    groups = sharing_groups(problem, plan, POLICY)
    assert [(group.with_needs, group.joining) for group in groups] == [((1,), (2,))]
    ways = ways_now(problem, plan, 2, POLICY, groups)
    assert ways.sharing == tuple(groups)
    assert ways_now(problem, plan, 3, POLICY, groups).sharing == ()


def test_who_could_help_in_another_way_is_counted_once_and_is_really_free() -> None:
    soon, spring = TODAY + timedelta(days=60), TODAY + timedelta(days=120)
    home, far = {"lat": 25.0, "lon": 115.0}, {"lat": 26.0, "lon": 115.0}
    both = frozenset({"in_person", "online"})
    helpers = [
        reader(1, modes=both, **home),  # needed for the other child
        reader(2, modes=both, **far),  # too far, but free
        reader(3, **far),  # too far, and not online
        reader(4, living=1, **home),
        reader(5, living=1, kind="social_worker", **home),
        reader(6, periods=((spring, None),), **home),
        reader(7, periods=((soon, spring), (spring, None)), **home),
        reader(8, periods=((TODAY - timedelta(days=9), TODAY - timedelta(days=1)),), **home),
        reader(9, household_related=frozenset({5}), living=1, **home),
    ]
    wish = reading(2, household_id=5, ends=TODAY + timedelta(days=30), **home)
    needs = [replace(wish, id=1, child_ids=(1,), waiting_days=9), wish]
    problem = Problem.from_rows(needs, helpers, today=TODAY)
    plan = matching.match(problem, POLICY)
    assert [(pair.need_id, pair.helper_id) for pair in plan.pairs] == [(1, 1)]
    ways = ways_now(problem, plan, 2, POLICY)
    assert (ways.online, ways.social_workers, ways.full) == (1, 1, 1)
    assert (ways.later, ways.later_from) == (2, soon)


@given(rounds())
@examples(60)
def test_what_is_missing_is_what_the_pairs_lack(problem: Problem) -> None:
    """Counted pair by pair, every datum counts for just as many pairs."""
    pairs = Counter(
        (code, need.id if code.startswith("need") else helper.id)
        for need in problem.need_rows
        for helper in problem.helper_rows
        if (one := matching.judge(problem, need.id, helper.id, POLICY)).admissible
        for code in one.missing
    )
    found = matching.missing_data(problem, POLICY)
    assert {(one.code, one.id): one.pairs for one in found} == pairs
    assert [one.pairs for one in found] == sorted((one.pairs for one in found), reverse=True)
