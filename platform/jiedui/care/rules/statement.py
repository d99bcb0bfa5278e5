"""The quarter's statement: what is counted, by which definition, and how it is added up.

Figures are a flat table from a name to a number, so that a county's are the sum of its
townships': "plan", "plan:sex:f", "why:national:where unknown", "left:turned_18".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiedui.children.rules import (
    Category,
    CloseReason,
    Finding,
    Known,
    Relation,
    RiskLevel,
    SchoolStage,
)
from jiedui.core.resident_id import Sex, age_on

Figures = Mapping[str, int]
LAST_OF_BAND = {5: "0-5", 11: "6-11", 13: "12-13", 15: "14-15"}


class Group(StrEnum):
    """Whom a column of the statement counts. Difficulty: a child in one category or several
    (国发〔2016〕36号), once."""

    on_file = "on file"
    plan = "plan"
    national = "national"
    difficulty = "difficulty"


class Part(StrEnum):
    """By what a group is broken down."""

    sex = "sex"
    age = "age"
    school = "school"
    risk = "risk"
    care = "care"


class AgeBand(StrEnum):
    """Ages as laws ask for them: compulsory school at 6, own consent at 14, the national count of
    left-behind children until 16."""

    to_5 = "0-5"
    to_11 = "6-11"
    to_13 = "12-13"
    to_15 = "14-15"
    to_17 = "16-17"


class SchoolGroup(StrEnum):
    """Stages of school taken together."""

    not_yet = "not yet"
    kindergarten = "kindergarten"
    primary = "primary"
    junior = "junior"
    senior = "senior"
    vocational = "vocational"
    out_of_school = "out of school"


class CaredBy(StrEnum):
    """Who looks after a child day by day, nearest first."""

    parent = "parent"
    grandparent = "grandparent"
    relative = "relative"
    other = "other"
    nobody = "nobody"


class Came(StrEnum):
    """How a file entered a township's ledger."""

    new = "new"
    reopened = "reopened"
    moved_in = "moved in"


MOVED_OUT = "moved out"  # beside the reasons for closing
PARENTS = frozenset({Relation.father, Relation.mother})
GRANDPARENTS = frozenset({Relation.grandfather, Relation.grandmother})
RELATIVES = frozenset({Relation.uncle_or_aunt, Relation.sibling, Relation.other_relative})


@dataclass(frozen=True)
class Counted:
    """One open file as the statement counts it. `carers`: who is there for the child."""

    plan: Finding
    national: Finding
    living: frozenset[Category]
    birth_date: date
    sex: Sex
    stage: SchoolStage
    risk: RiskLevel
    carers: frozenset[Relation]


@dataclass(frozen=True)
class Held:
    """Where a file stood at one moment: open or closed (then why), and in which township."""

    open: bool
    township_id: int
    reason: CloseReason | None = None


def age_group(birth: date, on: date) -> AgeBand:
    """The band of an age."""
    age = age_on(birth, on)
    return AgeBand(next((band for last, band in LAST_OF_BAND.items() if age <= last), "16-17"))


def school_group(stage: SchoolStage) -> SchoolGroup:
    """The stage without its year."""
    name = stage.value.rsplit("_", 1)[0] if stage.value[-1].isdigit() else stage.value
    return SchoolGroup(name.replace("_", " "))


def cared_by(carers: Iterable[Relation]) -> CaredBy:
    """The nearest of those who are there."""
    known = set(carers)
    if known & PARENTS:
        return CaredBy.parent
    if known & GRANDPARENTS:
        return CaredBy.grandparent
    if known & RELATIVES:
        return CaredBy.relative
    return CaredBy.other if known else CaredBy.nobody


def groups_of(file: Counted) -> Iterator[Group]:
    """The columns in which a file is counted."""
    yield Group.on_file
    if file.plan.answer is Known.yes:
        yield Group.plan
    if file.national.answer is Known.yes:
        yield Group.national
    if file.living - {Category.left_behind}:
        yield Group.difficulty


def stock(files: Iterable[Counted], on: date) -> Counter[str]:
    """Who is on file on a day, in every group and part."""
    found: Counter[str] = Counter()
    for file in files:
        parts: dict[Part, StrEnum] = {
            Part.sex: file.sex,
            Part.age: age_group(file.birth_date, on),
            Part.school: school_group(file.stage),
            Part.risk: file.risk,
            Part.care: cared_by(file.carers),
        }
        for group in groups_of(file):
            found[group.value] += 1
            found.update(f"{group}:{part}:{value}" for part, value in parts.items())
        found.update(f"category:{c}" for c in file.living)
        found.update(_unsure(file))
    return found


def _unsure(file: Counted) -> Iterator[str]:
    """What is no and what is not known, by each definition, and why not."""
    for group, finding in ((Group.plan, file.plan), (Group.national, file.national)):
        if finding.answer is not Known.yes:
            yield f"{finding.answer}:{group}"
        if finding.answer is Known.unknown:
            yield f"why:{group}:{finding.why}"


def flow(files: Iterable[tuple[Held | None, Held | None]], township_id: int) -> Counter[str]:
    """Who entered and left a township's ledger between two moments: each file as it stood before
    (None: not yet) and after. On file before, and entered, without left, are on file after."""
    found: Counter[str] = Counter()
    for before, after in files:
        if after is None:
            continue
        was = before is not None and before.open and before.township_id == township_id
        is_now = after.open and after.township_id == township_id
        passed = before is None and not after.open and after.township_id == township_id
        if (is_now and not was) or passed:
            found[f"came:{_came(before)}"] += 1
        if (was and not is_now) or passed:
            closed = not after.open and after.reason
            found[f"left:{after.reason if closed else MOVED_OUT}"] += 1
    return found


def _came(before: Held | None) -> Came:
    if before is None:
        return Came.new
    return Came.moved_in if before.open else Came.reopened


def summed(figures: Iterable[Figures]) -> Counter[str]:
    """The figures of several townships together."""
    found: Counter[str] = Counter()
    for one in figures:
        found.update(one)
    return found


def total_of(figures: Figures, kind: str) -> int:
    """The sum of all that begins like this: everybody who came, everybody who left."""
    return sum(number for name, number in figures.items() if name.startswith(f"{kind}:"))
