"""Which signs of risk a file holds, what each weighs, and the level they add up to.

The arithmetic is open: each sign has whole points, and their sum falls into a level. No standard
for weights was found; these are the house's own, meant to lead somebody to look, never to decide.
A sum raises no level by itself and lowers none: a person does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.care.rules.guardianship import GuardState
from jiedui.care.rules.visits import FAILING, Contact, Doing, Noticed
from jiedui.children.rules import RiskLevel, above
from jiedui.hours.rules import Mood, Progress

FRESH = timedelta(days=180)  # what was found longer ago weighs nothing
OFTEN = 2  # absences within that time
IN_A_ROW = 2  # sessions whose journals say the same
SEASONS = ((3, 1), (9, 1))  # month and day from which every file with a sign is looked at again
SEASON_DAYS = timedelta(days=30)


class Sign(StrEnum):
    """One sign of risk."""

    guardianship_fails = "guardianship fails"
    nobody_guards = "nobody guards"
    case_runs = "case runs"
    serious = "serious finding"
    light = "light finding"
    poorly = "child poorly"
    worries = "child has worries"
    no_contact = "no contact"
    visit_overdue = "visit overdue"
    absent = "absent from school"
    absent_often = "absent often"
    no_agreement = "no agreement"
    sad = "child shows a sad face"
    case_over = "case over"
    review_missed = "review missed"
    low = "low in sessions"
    learns_harder = "learns harder"


POINTS = {
    Sign.guardianship_fails: 60,
    Sign.nobody_guards: 60,
    Sign.case_runs: 60,
    Sign.serious: 30,
    Sign.absent: 25,
    Sign.case_over: 25,
    Sign.poorly: 15,
    Sign.no_contact: 15,
    Sign.sad: 15,
    Sign.light: 10,
    Sign.absent_often: 10,
    Sign.visit_overdue: 10,
    Sign.no_agreement: 10,
    Sign.review_missed: 10,
    Sign.low: 10,
    Sign.worries: 5,
    Sign.learns_harder: 5,
}
# From how many points on a level is proposed.
LEAST = ((60, RiskLevel.red), (35, RiskLevel.yellow), (15, RiskLevel.blue))
LIGHT = frozenset({Noticed.carer_changed, Noticed.money_short})


class WatchRefusal(StrEnum):
    """Why an answer is refused."""

    no_rise = "no rise"
    none_ticked = "none ticked"


@dataclass(frozen=True)
class Known:
    """What a file says today. `found`, `doing`, `contact` are those of the last visit that saw the
    child; `found_on` its day; `sad_on` the last day on which it showed a sad face; `moods` and
    `learning` what its helpers' journals last said of it within the half-year, newest first;
    `case_on` the day on which a case that its township knows of was closed."""

    found: frozenset[Noticed] = frozenset()
    doing: Doing | None = None
    contact: Contact | None = None
    found_on: date | None = None
    visit_due: date | None = None
    away: bool = False
    absences: int = 0
    lacks_agreement: bool = False
    sad_on: date | None = None
    guarded: GuardState = GuardState.unknown
    review_missed: bool = False
    moods: tuple[Mood, ...] = ()
    learning: tuple[Progress, ...] = ()
    case_runs: bool = False
    case_on: date | None = None


def signs(known: Known, today: date) -> tuple[Sign, ...]:
    """The signs of a file, as they are listed."""
    fresh = known.found_on is not None and today - known.found_on <= FRESH
    found = known.found if fresh else frozenset()
    sad = known.sad_on is not None and today - known.sad_on <= FRESH
    over = known.case_on is not None and today - known.case_on <= FRESH
    there = {
        Sign.guardianship_fails: bool(found & FAILING),
        Sign.serious: bool(found - FAILING - LIGHT),
        Sign.light: bool(found & LIGHT),
        Sign.poorly: fresh and known.doing is Doing.poorly,
        Sign.worries: fresh and known.doing is Doing.worries,
        Sign.no_contact: fresh and known.contact is Contact.none,
        Sign.visit_overdue: known.visit_due is not None and known.visit_due < today,
        Sign.absent: known.away,
        Sign.absent_often: known.absences >= OFTEN,
        Sign.no_agreement: known.lacks_agreement,
        Sign.sad: sad,
        Sign.nobody_guards: known.guarded is GuardState.nobody,
        Sign.case_runs: known.case_runs,
        Sign.case_over: over and not known.case_runs,
        Sign.review_missed: known.review_missed,
        Sign.low: known.moods[:IN_A_ROW] == (Mood.low,) * IN_A_ROW,
        Sign.learns_harder: known.learning[:IN_A_ROW] == (Progress.harder,) * IN_A_ROW,
    }
    return tuple(sign for sign in Sign if there[sign])


def points(found: Iterable[Sign]) -> int:
    """What signs add up to."""
    return sum(POINTS[sign] for sign in found)


def level(total: int) -> RiskLevel:
    """The level of a sum."""
    return next((one for least, one in LEAST if total >= least), RiskLevel.green)


def rises(total: int, held: RiskLevel, answered: int) -> bool:
    """Whether somebody must look: the sum asks for more than the file's level, and for more than
    when somebody last said that the level stays."""
    return above(level(total), held) and total > answered


def season_start(today: date) -> date:
    """The last first of March or September."""
    days = [date(year, *day) for year in (today.year - 1, today.year) for day in SEASONS]
    return max(day for day in days if day <= today)
