"""Free text, a bounded part of the score: how alike a goal and an offer sound."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.scrubbing import scrubbed


class TextColumns:
    """The texts of a round; vectors of character pairs and triples are made when first asked for.

    Characters instead of words: short Chinese phrases need no dictionary then.
    """

    def __init__(self, needs: Sequence[str], helpers: Sequence[str]) -> None:
        self._needs = [scrubbed(text) for text in needs]
        self._helpers = [scrubbed(text) for text in helpers]

    @cached_property
    def _vectors(self) -> tuple[np.ndarray, np.ndarray] | None:
        texts = [*self._needs, *self._helpers]
        if not any(len(text) > 1 for text in texts):
            return None
        vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True)
        matrix = vectors.fit_transform(texts).tocsr()
        return matrix[: len(self._needs)], matrix[len(self._needs) :]

    def points(self, need: np.ndarray, helper: np.ndarray, most: int) -> np.ndarray:
        """Between 0 and `most` whole points for each pair, by the cosine of the two texts."""
        if self._vectors is None or not len(need):
            return np.zeros(len(need), dtype=np.int64)
        needs, helpers = self._vectors
        likeness = np.asarray(needs[need].multiply(helpers[helper]).sum(axis=1)).ravel()
        return np.floor(most * np.clip(likeness, 0, 1) + 1e-9).astype(np.int64)
