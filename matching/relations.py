"""What is known about single pairs, as sorted keys that arrays of pairs can be looked up in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matching.shapes import Helper, Need, Pairs

BLOCKED, RELATED, WILLING, CONTINUITY, KNOWN = 1, 2, 4, 8, 16


@dataclass(frozen=True, slots=True)
class Relations:
    """Flags of the pairs about which something is known; all other pairs have none."""

    helpers: int
    keys: np.ndarray  # need index * helpers + helper index, sorted
    flags: np.ndarray

    @classmethod
    def from_rows(cls, needs: Sequence[Need], helpers: Sequence[Helper], pairs: Pairs) -> Relations:
        """Gather the relations of the pairs whose two sides are both in the round."""
        need_at = {need.id: at for at, need in enumerate(needs)}
        helper_at = {helper.id: at for at, helper in enumerate(helpers)}
        found: dict[int, int] = defaultdict(int)
        for need_id, helper_id, flag in _named(needs, helpers, pairs):
            if need_id in need_at and helper_id in helper_at:
                found[need_at[need_id] * len(helpers) + helper_at[helper_id]] |= flag
        keys = np.array(sorted(found), dtype=np.int64)
        flags = np.array([found[int(key)] for key in keys], dtype=np.int64)
        return cls(len(helpers), keys, flags)

    def of(self, need: np.ndarray, helper: np.ndarray) -> np.ndarray:
        """The flags of an array of pairs."""
        result = np.zeros(len(need), dtype=np.int64)
        if len(self.keys):
            wanted = need * self.helpers + helper
            at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
            hit = self.keys[at] == wanted
            result[hit] = self.flags[at[hit]]
        return result


def _named(
    needs: Sequence[Need], helpers: Sequence[Helper], pairs: Pairs
) -> Iterator[tuple[int, int, int]]:
    for flag, rows in (
        (BLOCKED, pairs.blocked),
        (RELATED, pairs.related),
        (WILLING, pairs.willing),
    ):
        yield from ((need_id, helper_id, flag) for need_id, helper_id in rows)
    for need in needs:
        yield from ((need.id, helper_id, KNOWN) for helper_id in need.living_helpers)
    of_child = _grouped((child, need.id) for need in needs for child in need.child_ids)
    for child, helper_id in pairs.continuity:
        yield from ((need_id, helper_id, CONTINUITY) for need_id in of_child[child])
    of_household = _grouped((need.household_id, need.id) for need in needs)
    for helper in helpers:
        for household in helper.household_related:
            yield from ((need_id, helper.id, RELATED) for need_id in of_household[household])


def _grouped(rows: Iterable[tuple[int | None, int]]) -> dict[int | None, list[int]]:
    groups: dict[int | None, list[int]] = defaultdict(list)
    for key, value in rows:
        groups[key].append(value)
    return groups
