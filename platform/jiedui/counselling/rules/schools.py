"""Psychology teachers of a school (专兼职心理健康教师), visits of experts, and what is missing.

The aims: a full-time or part-time teacher in every school (《全面加强和改进新时代学生心理健康工作
专项行动计划（2023—2025年）》: 95 % of schools); a visit of an expert each term, and no more than a
thousand pupils for a teacher, are ours, for a county to look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PUPILS_PER_TEACHER = 1000
SPRING_BEGINS, AUTUMN_BEGINS = 2, 9  # months; the summer holidays belong to spring


class Post(StrEnum):
    """How a psychology teacher is employed."""

    full_time = "full_time"
    part_time = "part_time"


class Qualification(StrEnum):
    """What a psychology teacher has learnt."""

    teacher = "teacher"
    counsellor = "counsellor"
    degree = "degree"
    training = "training"
    none = "none"


class Theme(StrEnum):
    """What a visit of an expert was about."""

    life_education = "life_education"
    setbacks = "setbacks"
    emotions = "emotions"
    bullying = "bullying"
    parents = "parents"
    other = "other"


class Gap(StrEnum):
    """What a school lacks."""

    no_teacher = "no_teacher"
    no_visit = "no_visit"
    many_pupils = "many_pupils"
    pupils_unknown = "pupils_unknown"


class SchoolRefusal(StrEnum):
    """Why an entry about a school is refused."""

    in_future = "in future"
    before_since = "before since"
    left_already = "left already"


@dataclass(frozen=True)
class Term:
    """A school term: its first and last day."""

    first: date
    last: date


def term_of(day: date) -> Term:
    """The term a day lies in: autumn from 1 September to 31 January, spring until 31 August."""
    if SPRING_BEGINS <= day.month < AUTUMN_BEGINS:
        return Term(date(day.year, SPRING_BEGINS, 1), date(day.year, 8, 31))
    starts = day.year if day.month >= AUTUMN_BEGINS else day.year - 1
    return Term(date(starts, AUTUMN_BEGINS, 1), date(starts + 1, 1, 31))


def gaps(teachers: int, visits: int, pupils: int | None) -> list[Gap]:
    """What a school lacks, given its teachers today, visits this term and pupils."""
    found = []
    if teachers == 0:
        found.append(Gap.no_teacher)
    if visits == 0:
        found.append(Gap.no_visit)
    if pupils is None:
        found.append(Gap.pupils_unknown)
    elif teachers and pupils > teachers * PUPILS_PER_TEACHER:
        found.append(Gap.many_pupils)
    return found
