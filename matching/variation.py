"""A round with one row changed or added: the same as all rows turned into columns again, but only
the one row is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

from matching.columns import FAR_FUTURE, FAR_PAST, helper_columns, need_columns
from matching.problem import Problem, Texts, refuse_bad_rows
from matching.relations import Relations
from matching.shapes import Helper, Need, Pairs

C = TypeVar("C")


def with_helper(problem: Problem, row: Helper) -> Problem:
    """The round with a helper changed, or one more with an id above all others."""
    rows, at = problem.helper_rows, _place(problem.helpers.id, row.id)
    known = rows[at] if at < len(rows) and rows[at].id == row.id else None
    if not problem.codes.know_helper(row) or (known is None and at < len(rows)):
        return _from_rows(problem, helpers=[*(h for h in rows if h.id != row.id), row])
    refuse_bad_rows((), (row,))
    after = (*rows[:at], row, *rows[at + 1 :])
    one = helper_columns([row], problem.codes)
    mine, one = _as_wide(problem.helpers, one)
    same = known is not None and known.household_related == row.household_related
    relations = problem.relations if same else _relations(problem, row, after, new=known is None)
    texts = problem.texts
    if known is None or known.text != row.text:
        texts = Texts.of(problem.need_rows, after)
    return replace(
        problem, helper_rows=after, helpers=_put(mine, one, at), relations=relations, texts=texts
    )


def with_need(problem: Problem, row: Need) -> Problem:
    """The round with a need changed."""
    rows, at = problem.need_rows, _place(problem.needs.id, row.id)
    if at == len(rows) or rows[at].id != row.id or not problem.codes.know_need(row):
        return _from_rows(problem, needs=[*(n for n in rows if n.id != row.id), row])
    if _ties(row) != _ties(rows[at]):
        return _from_rows(problem, needs=[*(n for n in rows if n.id != row.id), row])
    refuse_bad_rows((row,), ())
    child_at = {child: n for n, child in enumerate(problem.child_ids)}
    one = need_columns([row], problem.codes, child_at, problem.today)
    after = (*rows[:at], row, *rows[at + 1 :])
    return replace(problem, need_rows=after, needs=_put(problem.needs, one, at))


def _ties(row: Need) -> tuple[object, ...]:
    """What of a need stands elsewhere than in its own columns."""
    return row.child_ids, row.household_id, row.living_helpers, row.text


def _place(ids: np.ndarray, wanted: int) -> int:
    return int(np.searchsorted(ids, wanted))


def _from_rows(
    problem: Problem, needs: Sequence[Need] | None = None, helpers: Sequence[Helper] | None = None
) -> Problem:
    return Problem.from_rows(
        problem.need_rows if needs is None else needs,
        problem.helper_rows if helpers is None else helpers,
        problem.pairs,
        problem.today,
    )


def _put(columns: C, one: C, at: int) -> C:
    """The columns with one row in its place, or at the end."""
    made: dict[str, Any] = {}
    for field in fields(columns):  # type: ignore[arg-type]
        old, new = getattr(columns, field.name), getattr(one, field.name)
        if at == len(old):
            made[field.name] = np.concatenate([old, new])
        else:
            made[field.name] = old.copy()
            made[field.name][at] = new[0]
    return replace(columns, **made)  # type: ignore[type-var]


def _as_wide(columns: Any, one: Any) -> tuple[Any, Any]:
    """Both with as many periods as the one that has more of them."""
    width = max(columns.period_starts.shape[1], one.period_starts.shape[1])
    return tuple(  # type: ignore[return-value]
        replace(
            each,
            period_starts=_filled(each.period_starts, width, FAR_FUTURE),
            period_ends=_filled(each.period_ends, width, FAR_PAST),
        )
        for each in (columns, one)
    )


def _filled(array: np.ndarray, width: int, value: int) -> np.ndarray:
    more = np.full((len(array), width - array.shape[1]), value, dtype=array.dtype)
    return np.concatenate([array, more], axis=1)


def _relations(problem: Problem, row: Helper, after: Sequence[Helper], *, new: bool) -> Relations:
    """A newcomer of whom nobody knows anything only widens the table of pairs."""
    if not new or row.household_related or _is_named(problem, row.id):
        return Relations.from_rows(problem.need_rows, after, problem.pairs)
    old = problem.relations
    if not len(old.keys):
        return replace(old, helpers=old.helpers + 1)
    need, helper = np.divmod(old.keys, old.helpers)
    return replace(old, helpers=old.helpers + 1, keys=need * (old.helpers + 1) + helper)


def _is_named(problem: Problem, helper_id: int) -> bool:
    pairs: Pairs = problem.pairs
    several = (pairs.blocked, pairs.related, pairs.willing, pairs.continuity)
    if any(other == helper_id for rows in several for _one, other in rows):
        return True
    return any(helper_id in need.living_helpers for need in problem.need_rows)
