"""The next best on both sides of every pair, and what the others' needs cost it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.network import Options


@dataclass(frozen=True, slots=True)
class Standing:
    """What one chosen option forgoes, and the best others on both sides (option indexes)."""

    others_of_need: tuple[int, ...]
    others_of_helper: tuple[int, ...]
    need_forgoes: int
    helper_forgoes: int
    whole_loses_for_need: int
    whole_loses_for_helper: int


class Alternatives:
    """Options ranked once for each need and for each helper."""

    def __init__(self, need: np.ndarray, options: Options, loss: np.ndarray) -> None:
        """`need` per unit; `loss` is what the whole loses at least by taking an option."""
        self._score, self._loss = options.score, loss
        self._need, self._helper = need[options.unit], options.helper
        self._by_need = np.lexsort((self._helper, -self._score, self._need))
        self._by_helper = np.lexsort((self._need, -self._score, self._helper))
        self._need_keys = self._need[self._by_need]
        self._helper_keys = self._helper[self._by_helper]

    def of(self, option: int, keep: int, chosen: np.ndarray) -> Standing:
        """How one chosen option stands."""
        of_need = _group(self._by_need, self._need_keys, int(self._need[option]))
        of_helper = _group(self._by_helper, self._helper_keys, int(self._helper[option]))
        best_need, best_helper = int(of_need[0]), int(of_helper[0])
        return Standing(
            tuple(int(at) for at in of_need if not chosen[at])[:keep],
            tuple(int(at) for at in of_helper if not chosen[at])[:keep],
            int(self._score[best_need] - self._score[option]),
            int(self._score[best_helper] - self._score[option]),
            0 if chosen[best_need] else int(self._loss[best_need]),
            0 if chosen[best_helper] else int(self._loss[best_helper]),
        )


def _group(order: np.ndarray, keys: np.ndarray, wanted: int) -> np.ndarray:
    first, last = np.searchsorted(keys, [wanted, wanted + 1])
    return np.asarray(order[first:last])
