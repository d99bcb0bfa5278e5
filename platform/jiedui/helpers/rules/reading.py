"""Training by reading: ten short lessons, each with one statement that is true or not. It counts
until a course takes place, where the county allows it ("trained first, then matched")."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

READ_AS = "reading 2026-1"
COUNTS_FOR = timedelta(days=180)  # by then a course should have taken place


class Lesson(StrEnum):
    """What everybody has to know before they meet a child."""

    never_alone = "never alone"
    no_secrets = "no secrets"
    no_pictures = "no pictures"
    no_money = "no money"
    report = "report"
    listening = "listening"
    promises = "promises"
    family = "family"
    data = "data"
    goodbye = "goodbye"


class Verdict(StrEnum):
    """What somebody says of a statement."""

    right = "right"
    wrong = "wrong"


# Whether the statement of each lesson is true.
TRUE: Mapping[Lesson, bool] = {
    Lesson.never_alone: False,
    Lesson.no_secrets: True,
    Lesson.no_pictures: False,
    Lesson.no_money: False,
    Lesson.report: True,
    Lesson.listening: True,
    Lesson.promises: False,
    Lesson.family: False,
    Lesson.data: True,
    Lesson.goodbye: True,
}


def wrong(said: Mapping[Lesson, bool]) -> list[Lesson]:
    """The lessons to be read once more: answered wrongly, or not at all."""
    return [lesson for lesson in Lesson if said.get(lesson) is not TRUE[lesson]]


def counts_until(read_on: date) -> date:
    """The last day on which reading stands for a course."""
    return read_on + COUNTS_FOR
