"""A round: rows sorted by id and checked, their columns, and what is known about pairs."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from matching.columns import Codes, HelperColumns, NeedColumns, helper_columns, need_columns
from matching.relations import Relations
from matching.shapes import CLASSES, FREQUENCIES, MODES, SLOTS, TRAVEL, Helper, Need, Pairs

if TYPE_CHECKING:
    from matching.texts import TextColumns


class Texts:
    """The free texts of a round; the text engine is loaded only when a policy weighs them."""

    def __init__(self, needs: Sequence[str], helpers: Sequence[str]) -> None:
        self._needs, self._helpers = needs, helpers

    @classmethod
    def of(cls, needs: Sequence[Need], helpers: Sequence[Helper]) -> Texts | None:
        """None where nobody wrote anything."""
        if not any(row.text for row in needs) or not any(row.text for row in helpers):
            return None
        return cls([need.text for need in needs], [helper.text for helper in helpers])

    @cached_property
    def columns(self) -> TextColumns:
        """The texts as vectors."""
        module = importlib.import_module("matching.texts")  # scikit-learn is slow to load
        made: TextColumns = module.TextColumns(self._needs, self._helpers)
        return made


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything one round knows.

    >>> from matching.shapes import Helper, Need
    >>> need = Need(id=7, kind="reading", slots=frozenset({18}))
    >>> helper = Helper(id=3, offers=frozenset({"reading"}), slots=frozenset({18, 19}))
    >>> problem = Problem.from_rows([need], [helper])
    >>> problem.needs.id.tolist(), problem.helpers.room.tolist()
    ([7], [1])
    """

    need_rows: tuple[Need, ...]
    helper_rows: tuple[Helper, ...]
    pairs: Pairs
    today: date | None
    needs: NeedColumns = field(repr=False)
    helpers: HelperColumns = field(repr=False)
    relations: Relations = field(repr=False)
    child_ids: tuple[int, ...] = field(repr=False)
    codes: Codes = field(default_factory=lambda: Codes((), ()), repr=False)
    texts: Texts | None = field(default=None, repr=False)

    @classmethod
    def from_rows(
        cls,
        needs: Iterable[Need],
        helpers: Iterable[Helper],
        pairs: Pairs | None = None,
        today: date | None = None,
    ) -> Problem:
        """Sort, check and turn rows into columns; the order of the rows changes nothing."""
        need_rows = tuple(sorted(needs, key=lambda need: need.id))
        helper_rows = tuple(sorted(helpers, key=lambda helper: helper.id))
        refuse_bad_rows(need_rows, helper_rows)
        codes = Codes(need_rows, helper_rows)
        only = sorted({need.child_ids[0] for need in need_rows if len(need.child_ids) == 1})
        pairs = pairs or Pairs()
        return cls(
            need_rows,
            helper_rows,
            pairs,
            today,
            need_columns(need_rows, codes, {child: at for at, child in enumerate(only)}, today),
            helper_columns(helper_rows, codes),
            Relations.from_rows(need_rows, helper_rows, pairs),
            tuple(only),
            codes,
            Texts.of(need_rows, helper_rows),
        )

    def need_index(self, need_id: int) -> int:
        """The position of a need; KeyError when it is not in the round."""
        return _position(self.needs.id, need_id)

    def helper_index(self, helper_id: int) -> int:
        """The position of a helper; KeyError when it is not in the round."""
        return _position(self.helpers.id, helper_id)


def _position(ids: np.ndarray, wanted: int) -> int:
    at = int(np.searchsorted(ids, wanted))
    if at == len(ids) or ids[at] != wanted:
        raise KeyError(wanted)
    return at


def refuse_bad_rows(needs: Sequence[Need], helpers: Sequence[Helper]) -> None:
    """Raise ValueError for rows that cannot be."""
    for name, rows in (("needs", needs), ("helpers", helpers)):
        if len({row.id for row in rows}) != len(rows):
            raise ValueError(f"{name}: an id occurs twice")
        if any(not 0 <= slot < SLOTS for row in rows for slot in row.slots):
            raise ValueError(f"{name}: a slot is not between 0 and {SLOTS - 1}")
    for need in needs:
        _refuse_bad_need(need)
    for helper in helpers:
        if helper.travel not in TRAVEL:
            raise ValueError(f"helper {helper.id}: unknown travel {helper.travel!r}")


def _refuse_bad_need(need: Need) -> None:
    for name, known in (("frequency", FREQUENCIES), ("mode", MODES), ("urgency", CLASSES)):
        if getattr(need, name) not in known:
            raise ValueError(f"need {need.id}: unknown {name} {getattr(need, name)!r}")
    if need.demand < 1:
        raise ValueError(f"need {need.id}: demand must be at least 1")
