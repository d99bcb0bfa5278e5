"""How a pairing came out, for those who learn from it: kept, ended early, or neither.

A pairing is kept that lasts its agreed time: to the last day of the wish, twelve months at most
(shorter than twelve months did not help, and under three it hurt: Grossman and Rhodes 2002,
American Journal of Community Psychology 30(2)). It counts only once that time has run out for it:
what ends early is known sooner than what goes on, and would outweigh it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.pairings.rules import CloseReason

YEAR = timedelta(days=365)


class Outcome(StrEnum):
    """How a pairing came out."""

    kept = "kept"
    early = "early"
    nobodys = "nobodys"
    not_yet = "not_yet"


# Ended as it was meant to, whenever that was.
GOOD = frozenset({CloseReason.term_completed, CloseReason.goal_reached})
# Never a good end, however long it had lasted.
HARM = frozenset({CloseReason.safety, CloseReason.rule_broken})
# Broken off by one of the two or by the family: another pair might have lasted.
EARLY = HARM | {
    CloseReason.helper_time,
    CloseReason.did_not_fit,
    CloseReason.child_wish,
    CloseReason.guardian_withdrew,
}
# Life came between, or a paper: it says nothing of the pair, for or against.
NOBODYS = frozenset(CloseReason) - GOOD - EARLY


@dataclass(frozen=True)
class Life:
    """What is asked of a pairing that has met."""

    met_on: date
    wish_ends: date | None = None
    closed_on: date | None = None
    reason: CloseReason | None = None
    came_of_age: bool = False

    @property
    def agreed_until(self) -> date:
        """The last day of the wish, at most a year after the first meeting."""
        year = self.met_on + YEAR
        if self.wish_ends is None or self.wish_ends <= self.met_on:
            return year
        return min(year, self.wish_ends)


def outcome_of(life: Life, today: date) -> Outcome:
    """How a pairing came out, as far as it may be known today. One that still lives after its
    agreed time is kept."""
    if life.agreed_until > today:
        return Outcome.not_yet
    if life.closed_on is not None and life.reason in HARM:
        return Outcome.early
    if life.closed_on is None or life.closed_on >= life.agreed_until:
        return Outcome.kept
    if life.reason in GOOD or life.came_of_age:
        return Outcome.kept
    return Outcome.early if life.reason in EARLY else Outcome.nobodys
