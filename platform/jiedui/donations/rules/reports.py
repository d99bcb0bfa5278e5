"""When a charity must publish how a fund is used: each three months where it runs longer than six,
and a whole report within three months of its end (慈善法 79, 慈善组织信息公开办法).

A fund for a purpose is the charity's project here: it begins with the first receipt and ends with
its term, or once all of it has come where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.core.months import months_after

LONG, EACH, AFTER = 6, 3, 3  # months
AHEAD = timedelta(days=14)  # from when on one that is due is shown


class ReportKind(StrEnum):
    """What is published."""

    progress = "progress"
    final = "final"


class ReportFault(StrEnum):
    """Why one is not written down."""

    not_due = "not due"
    before_period = "before period"
    in_future = "in future"
    not_told = "not told"


@dataclass(frozen=True)
class Project:
    """A fund in use: when it was received, its term if it has one, when it ended if it has."""

    began: date
    term: date | None
    ended: date | None


@dataclass(frozen=True, order=True)
class Due:
    """One report: until which day it must be published, of the time up to which day."""

    on: date
    until: date
    kind: ReportKind


def dues(project: Project, today: date) -> Iterator[Due]:
    """All that was or is soon due, oldest first, published or not."""
    last = project.ended or max(today + AHEAD, project.began)
    if _long(project, today):
        number = 1
        while (day := months_after(project.began, EACH * number)) < last:
            yield Due(day, day, ReportKind.progress)
            number += 1
    if project.ended is not None:
        yield Due(months_after(project.ended, AFTER), project.ended, ReportKind.final)


def _long(project: Project, today: date) -> bool:
    """Whether it runs longer than six months: by its term, or, without one, until it has ended."""
    end = project.ended or project.term or today
    if project.ended is None and project.term is None:
        return True
    return end > months_after(project.began, LONG)


def fault(due: Due | None, published: date, where: str, today: date) -> ReportFault | None:
    """Why this is not written down as published."""
    if due is None:
        return ReportFault.not_due
    checks = (
        (published > today, ReportFault.in_future),
        (published < due.until, ReportFault.before_period),
        (not where.strip(), ReportFault.not_told),
    )
    return next((code for wrong, code in checks if wrong), None)
