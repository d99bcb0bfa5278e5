"""A pairing of which nothing is heard: who is told, and when. Twice the agreed interval without a
session: the helper; a week later the child director; another week later the office; after six
weeks an end with a goodbye is proposed, by a person, never done by the clock.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from jiedui.needs.rules import Frequency

INTERVAL = {
    Frequency.n_per_week: timedelta(days=7),
    Frequency.weekly: timedelta(days=7),
    Frequency.fortnightly: timedelta(days=14),
    Frequency.monthly: timedelta(days=31),
}
NEXT_PERSON = timedelta(days=7)
CLOSING_AFTER = timedelta(weeks=6)


class Step(StrEnum):
    """Who is told, in this order; the last proposes an end."""

    helper = "helper"
    village = "village"
    office = "office"
    closing = "closing"


def due(last: date, every: timedelta) -> dict[Step, date]:
    """From which day each step holds. `last` is the last day on which the two met or spoke."""
    first = last + 2 * every
    office = first + 2 * NEXT_PERSON
    return {
        Step.helper: first,
        Step.village: first + NEXT_PERSON,
        Step.office: office,
        Step.closing: max(last + CLOSING_AFTER, office + NEXT_PERSON),
    }


def steps_until(last: date, every: timedelta, today: date) -> list[Step]:
    """The steps that hold today, first to last; none where the pairing is not silent."""
    return [step for step, day in due(last, every).items() if day <= today]
