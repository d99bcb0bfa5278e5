"""The one seam to the engine: facts become rows without names, plans become codes and numbers."""

from __future__ import annotations

from jiedui.pairings.candidates.changes import smallest
from jiedui.pairings.candidates.judging import Judged, judge
from jiedui.pairings.candidates.learning import Lessons, Taught, lessons, taught
from jiedui.pairings.candidates.ranking import answer, question
from jiedui.pairings.candidates.snapshot import Snapshot, of_round
from jiedui.pairings.candidates.solving import Nobody, Outcome, Suggested, solve

__all__ = [
    "Judged",
    "Lessons",
    "Nobody",
    "Outcome",
    "Snapshot",
    "Suggested",
    "Taught",
    "answer",
    "judge",
    "lessons",
    "of_round",
    "question",
    "smallest",
    "solve",
    "taught",
]
