"""Public figures do not give a child away, as rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jiedui.core.withheld import LEAST
from jiedui.disclosure.rules import Hidden, add, middle, public, table

counts = st.dictionaries(
    st.sampled_from(["east", "west", "south", "north"]),
    st.fixed_dictionaries({kind: st.integers(0, 40) for kind in ("a", "b", "c")}),
)


@given(st.integers(0, 1000))
def test_no_small_number_is_ever_public(number: int) -> None:
    shown = public(number)
    assert shown is None if number == 0 else shown in (number, Hidden.few)
    assert not (isinstance(shown, int) and shown < LEAST)


@given(counts)
def test_a_table_shows_true_numbers_or_few(said: dict[str, dict[str, int]]) -> None:
    shown = table(said)
    for row, cells in said.items():
        for kind, number in cells.items():
            assert shown[row][kind] in (public(number), Hidden.few)


@given(counts)
def test_a_hidden_cell_cannot_be_worked_out_from_the_total(
    said: dict[str, dict[str, int]],
) -> None:
    """Whoever knows the county's total and all that is shown is left with two unknowns or none,
    unless there is nothing else to hide."""
    shown = [f for cells in table(said).values() for f in cells.values()]
    hidden = [f for f in shown if f is Hidden.few]
    assert len(hidden) != 1 or not [f for f in shown if isinstance(f, int)]


@given(st.lists(st.integers(0, 30).map(public), min_size=1))
def test_a_sum_says_no_more_than_what_is_seen(figures: list[int | Hidden | None]) -> None:
    known = add(figures)
    assert known.least == sum(f for f in figures if isinstance(f, int))
    assert known.exact == (Hidden.few not in figures)


@given(st.lists(st.integers(0, 400), max_size=30))
def test_a_median_needs_enough_to_hide_in(days: list[int]) -> None:
    found = middle(days)
    assert (found is None) == (len(days) < LEAST)
    assert found is None or min(days) <= found <= max(days)
