"""The clocks of a pairing: who is told when something does not come, and when.

A card that nobody answers: after three days the helper once more, after seven the office, which
may look at the next best pair; the one clock of fourteen days lets it go. A first meeting that
does not come: after three weeks township and office. A pairing of which nothing is heard: after
twice the agreed interval the helper, a week later the child director, another week later the
office; after six weeks an end with a goodbye is proposed - by a person, never done by a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
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
REMIND_AFTER, UNANSWERED_AFTER = timedelta(days=3), timedelta(days=7)
MEET_WITHIN = timedelta(days=21)


class Step(StrEnum):
    """What somebody is told, in the order of a pairing's life."""

    remind = "remind"
    unanswered = "unanswered"
    not_met = "not_met"
    helper = "helper"
    village = "village"
    office = "office"
    closing = "closing"


def answering(approved: date) -> dict[Step, date]:
    """From which day a card that the helper has not answered is told of."""
    return {
        Step.remind: approved + REMIND_AFTER,
        Step.unanswered: approved + UNANSWERED_AFTER,
    }


def meeting(ready: date) -> dict[Step, date]:
    """From which day a first meeting that does not come is told of."""
    return {Step.not_met: ready + MEET_WITHIN}


def silence(last: date, every: timedelta) -> dict[Step, date]:
    """From which day each step of a silence holds. `last` is the last day on which the two met or
    spoke."""
    first = last + 2 * every
    office = first + 2 * NEXT_PERSON
    return {
        Step.helper: first,
        Step.village: first + NEXT_PERSON,
        Step.office: office,
        Step.closing: max(last + CLOSING_AFTER, office + NEXT_PERSON),
    }


def come(steps: Mapping[Step, date], today: date) -> list[Step]:
    """The steps whose day has come, first to last."""
    return [step for step, day in steps.items() if day <= today]
