"""The yearly marks of a caring pair (六个一 of the caring mothers' action): a call each month, a
letter, a small wish fulfilled, and the child's birthday, Children's Day and the start of term not
passed over. Which of them a year has seen, from what took place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.contact.rules.plan import ContactKind

NEAR = timedelta(days=3)
TERM = timedelta(days=14)
TERMS = ((3, 1), (9, 1))
CHILDRENS_DAY = (6, 1)


class One(StrEnum):
    """One of the six."""

    call = "call"
    letter = "letter"
    wish = "wish"
    birthday = "birthday"
    childrens_day = "childrens_day"
    term = "term"


@dataclass(frozen=True)
class Seen:
    """How far one of the six is this year: how often it was to be so far, and how often it was."""

    one: One
    due: int
    done: int

    @property
    def whole(self) -> bool:
        """Whether nothing is missing so far."""
        return self.done >= self.due


Contact = tuple[date, ContactKind]


def six(
    since: date, today: date, birthdays: Collection[tuple[int, int]], had: Sequence[Contact]
) -> list[Seen]:
    """The six of this year, from what the two had (`had`: day and kind). Only what falls after
    `since` is due; `birthdays` are months and days, one a child."""
    year = today.year
    first = max(since, date(year, 1, 1))
    mine = [(on, kind) for on, kind in had if first <= on <= today]
    spoke = {on.month for on, kind in mine if kind in (ContactKind.call, ContactKind.video)}
    return [
        Seen(One.call, today.month - first.month + 1, len(spoke)),
        Seen(One.letter, 1, sum(kind is ContactKind.letter for _on, kind in mine)),
        Seen(One.wish, 1, sum(kind is ContactKind.parcel for _on, kind in mine)),
        _around(One.birthday, [_day(year, m, d) for m, d in birthdays], NEAR, first, today, mine),
        _around(One.childrens_day, [date(year, *CHILDRENS_DAY)], NEAR, first, today, mine),
        _around(One.term, [date(year, *day) for day in TERMS], TERM, first, today, mine),
    ]


def _day(year: int, month: int, day: int) -> date:
    """A birthday in a year; who was born on a leap day has it on the last of February."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)


def _around(
    one: One, days: Sequence[date], near: timedelta, first: date, today: date,
    had: Sequence[Contact],
) -> Seen:  # fmt: skip
    due = [day for day in days if first <= day <= today]
    done = [day for day in due if any(abs(on - day) <= near for on, _kind in had)]
    return Seen(one, len(due), len(done))
