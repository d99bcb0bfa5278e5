"""How a county's pairing comes along: how far children have got, how long each step takes and at
whom it waits. Figures of all together, never of one person's work (国办函〔2026〕12号 forbids
counting time on line), and never a median of fewer than five.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

LEAST = 5
ALIVE_AFTER = (30, 90, 180)
MET_WITHIN = (14, 30)
NOTHING_AFTER = 60
WINDOW = timedelta(days=180)
LATELY = timedelta(days=30)


class Stage(StrEnum):
    """How far a child has got, in order; whoever is at one has passed all before it."""

    known = "known"
    asked = "asked"
    consented = "consented"
    wished = "wished"
    proposed = "proposed"
    approved = "approved"
    agreed = "agreed"
    met = "met"
    served = "served"


class Leg(StrEnum):
    """A step on the way, in order."""

    consent = "consent"
    proposal = "proposal"
    approval = "approval"
    acceptance = "acceptance"
    answers = "answers"
    meeting = "meeting"
    session = "session"


class At(StrEnum):
    """Whom a step waits for."""

    family = "family"
    matching = "matching"
    office = "office"
    helper = "helper"
    village = "village"


WAITS_FOR = {
    Leg.consent: At.family,
    Leg.proposal: At.matching,
    Leg.approval: At.office,
    Leg.acceptance: At.helper,
    Leg.answers: At.family,
    Leg.meeting: At.village,
    Leg.session: At.helper,
}


def funnel(reached: Iterable[Stage]) -> dict[Stage, int]:
    """How many children have got at least so far."""
    at = list(reached)
    order = list(Stage)
    return {stage: sum(order.index(one) >= n for one in at) for n, stage in enumerate(order)}


@dataclass(frozen=True)
class Spread:
    """How many there were, and of five or more how long half and nine of ten took, in days."""

    count: int
    half: float | None
    most: float | None


def spread(days: Sequence[float]) -> Spread:
    """The median and the ninth decile (of few the next longer one stands for it)."""
    if len(days) < LEAST:
        return Spread(len(days), None, None)
    order = sorted(days)
    ninth = order[-(-9 * len(order) // 10) - 1]
    return Spread(len(order), round(median(order), 1), round(ninth, 1))


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Of a hundred, rounded; None of nothing."""
        return round(100 * self.part / self.whole) if self.whole else None


def alive(spans: Iterable[tuple[date, date | None]], days: int, today: date) -> Share:
    """Of the pairings (first meeting, last day) that began so long ago how many lasted as long."""
    old = [(first, last) for first, last in spans if today - first >= timedelta(days=days)]
    lasted = [last is None or last - first >= timedelta(days=days) for first, last in old]
    return Share(sum(lasted), len(lasted))


def met_within(waits: Iterable[tuple[date, date | None]], days: int, today: date) -> Share:
    """Of the wishes (raised, first met) raised so long ago how many had met by then."""
    old = [(raised, met) for raised, met in waits if today - raised >= timedelta(days=days)]
    soon = [met is not None and met - raised <= timedelta(days=days) for raised, met in old]
    return Share(sum(soon), len(soon))
