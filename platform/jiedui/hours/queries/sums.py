"""What sessions add up to. Every screen and every paper takes its sums from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select

from jiedui.core import db
from jiedui.hours.models import ServiceSession
from jiedui.hours.queries.sessions import whole
from jiedui.hours.rules import HOLDING, IN_QUESTION, SUMMED, Book, EntryState, Evidence
from jiedui.regions.models import Region
from jiedui.regions.rules import Level


@dataclass(frozen=True)
class Tally:
    """How many minutes in how many sessions."""

    minutes: int = 0
    sessions: int = 0


Sums = dict[Book, dict[Evidence, Tally]]


# An entry is one session, what reverses it is one less.
_ONE = case((ServiceSession.minutes > 0, 1), else_=-1)


def sums(helper_id: int, start: date | None = None, end: date | None = None) -> Sums:
    """A helper's minutes and sessions by book and evidence, between two days (both count): the
    plain sums of what stands in the ledger.

    One evidence is never added to another, nor one book to another. What is in question (held,
    disputed) is in none of them, see in_question."""
    found = (
        select(
            ServiceSession.book,
            ServiceSession.evidence,
            func.sum(ServiceSession.minutes),
            func.sum(_ONE),
        )
        .where(ServiceSession.helper_id == helper_id, *between(start, end))
        .where(ServiceSession.state.in_(SUMMED))
        .group_by(ServiceSession.book, ServiceSession.evidence)
    )
    whole: Sums = {book: {evidence: Tally() for evidence in Evidence} for book in Book}
    for book, evidence, minutes, sessions in db.session.execute(found):
        whole[book][evidence] = Tally(int(minutes), int(sessions))
    return whole


def county_minutes(county_id: int, start: date, end: date) -> dict[Book, dict[Evidence, int]]:
    """What a whole county's helpers gave between two days (both count), by book and evidence."""
    found = (
        select(ServiceSession.book, ServiceSession.evidence, func.sum(ServiceSession.minutes))
        .where(ServiceSession.county_id == county_id, *between(start, end))
        .where(ServiceSession.state.in_(SUMMED))
        .group_by(ServiceSession.book, ServiceSession.evidence)
    )
    whole = {book: dict.fromkeys(Evidence, 0) for book in Book}
    for book, evidence, minutes in db.session.execute(found):
        whole[book][evidence] = int(minutes)
    return whole


def in_question(helper_id: int) -> Tally:
    """What of a helper's sessions is held or disputed, of whatever book."""
    found = select(func.sum(ServiceSession.minutes), func.count()).where(
        ServiceSession.helper_id == helper_id, ServiceSession.state.in_(IN_QUESTION)
    )
    minutes, sessions = db.session.execute(found).one()
    return Tally(int(minutes or 0), int(sessions))


def between(start: date | None, end: date | None) -> list[ColumnElement[bool]]:
    """The condition that a session was between two days; both count."""
    found: list[ColumnElement[bool]] = []
    if start is not None:
        found.append(ServiceSession.on >= start)
    if end is not None:
        found.append(ServiceSession.on <= end)
    return found


def held(pairing_ids: Sequence[int]) -> dict[int, tuple[int, date]]:
    """For each pairing how many sessions stand, and the day of the last."""
    found = (
        select(ServiceSession.pairing_id, func.count(), func.max(ServiceSession.on))
        .where(ServiceSession.pairing_id.in_(list(pairing_ids)))
        .where(ServiceSession.state.in_(HOLDING))
        .group_by(ServiceSession.pairing_id)
    )
    return {n: (count, last) for n, count, last in db.session.execute(found) if n is not None}


def first_days(pairing_ids: Sequence[int]) -> dict[int, date]:
    """The day of the first standing session of each pairing that has one."""
    found = (
        select(ServiceSession.pairing_id, func.min(ServiceSession.on))
        .where(ServiceSession.pairing_id.in_(list(pairing_ids)))
        .where(ServiceSession.state.in_(HOLDING))
        .group_by(ServiceSession.pairing_id)
    )
    return {n: first for n, first in db.session.execute(found) if n is not None and first}


@dataclass(frozen=True)
class Line:
    """One line of a record of service: a kind of help, where, how often, how long by evidence."""

    kind: str
    where: list[str]
    checked_in: int
    listed: int
    declared: int
    sessions: int


def lines(helper_id: int, start: date, end: date) -> list[Line]:
    """Voluntary service between two days by kind of help, with the townships where it was."""
    found = (
        whole()
        .where(ServiceSession.helper_id == helper_id, *between(start, end))
        .where(ServiceSession.book == Book.voluntary)
        .where(ServiceSession.state == EntryState.counted)
        .order_by(ServiceSession.start_at)
    )
    by_kind: dict[str, list[ServiceSession]] = {}
    for session in db.session.scalars(found):
        by_kind.setdefault(session.what.value, []).append(session)  # type: ignore[attr-defined, arg-type]
    return [_line(kind, by_kind[kind]) for kind in sorted(by_kind)]


def _township(region: Region) -> str:
    """Villages are not named on a record; a place of the township's own is in the township."""
    parent = region.parent if region.level is Level.village else region
    return parent.name if parent is not None else region.name


def _line(kind: str, sessions: list[ServiceSession]) -> Line:
    townships = dict.fromkeys(_township(s.region) for s in sessions)
    minutes = {e: sum(s.minutes for s in sessions if s.evidence is e) for e in Evidence}
    return Line(
        kind,
        list(townships),
        minutes[Evidence.checked_in],
        minutes[Evidence.listed],
        minutes[Evidence.declared],
        len(sessions),
    )


def first_day(helper_id: int) -> date | None:
    """The day of a helper's first standing session."""
    return db.session.scalar(
        select(func.min(ServiceSession.on)).where(
            ServiceSession.helper_id == helper_id, ServiceSession.state.in_(HOLDING)
        )
    )
