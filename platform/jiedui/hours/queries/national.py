"""Entries of the ledger that the national volunteer system has not heard of, and files that were
made for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.helpers.models import Helper
from jiedui.hours.models import HoursReturn, HoursReturnRow, ServiceSession
from jiedui.hours.queries.sessions import whole
from jiedui.hours.rules import Book, EntryState
from jiedui.hours.rules.national import TELLABLE, ReturnState

LISTED_MOST = 30
TOLD = (ReturnState.sent, ReturnState.accepted)


def _untold(county_id: int) -> Select[Any]:
    """Voluntary service that counts and that more than one's own word stands for; and what
    reverses an entry that was told. What was reversed before anybody was told is nothing."""
    told = select(HoursReturnRow.session_id).where(HoursReturnRow.state.in_(TOLD))
    counts = ServiceSession.state == EntryState.counted
    undoes = (ServiceSession.state == EntryState.reversal) & ServiceSession.reverses.in_(told)
    return select(ServiceSession).where(
        ServiceSession.county_id == county_id,
        ServiceSession.book == Book.voluntary,
        ServiceSession.evidence.in_(TELLABLE),
        or_(counts, undoes),
        ServiceSession.id.not_in(told),
    )


@dataclass(frozen=True)
class Untold:
    """How much waits to be told: entries, minutes in all, people, and how many of these the
    national system knows by no number."""

    entries: int
    minutes: int
    helpers: int
    numberless: int


def untold(county_id: int) -> Untold:
    """What waits in a county."""
    rows = _untold(county_id).subquery()
    entries, minutes, helpers = db.session.execute(
        select(
            func.count(), func.sum(rows.c.minutes), func.count(func.distinct(rows.c.helper_id))
        ).select_from(rows)
    ).one()
    known = select(func.count(func.distinct(rows.c.helper_id))).join(
        Helper, Helper.id == rows.c.helper_id
    )
    nameless = db.session.scalar(known.where(Helper.national_number.is_(None))) or 0
    return Untold(entries, int(minutes or 0), helpers, nameless)


def untold_ids(county_id: int) -> list[int]:
    """All of it, oldest first."""
    found = _untold(county_id).with_only_columns(ServiceSession.id)
    return list(db.session.scalars(found.order_by(ServiceSession.start_at, ServiceSession.id)))


def made_in(actor: Actor) -> list[HoursReturn]:
    """The files of a county, newest first."""
    found = select(HoursReturn).where(HoursReturn.county_id == actor.county_id)
    return list(db.session.scalars(found.order_by(HoursReturn.id.desc()).limit(LISTED_MOST)))


def to_agree(actor: Actor) -> list[HoursReturn]:
    """Files that others have made and nobody has agreed to."""
    mine = (actor.account_id, actor.acts_as)
    found = select(HoursReturn).where(
        HoursReturn.county_id == actor.county_id,
        HoursReturn.agreed_by.is_(None),
        HoursReturn.made_by.not_in(mine),
    )
    return list(db.session.scalars(found.order_by(HoursReturn.id)))


def hours_return(hours_return_id: int) -> HoursReturn:
    """The file with this id; raise Missing."""
    found = db.session.get(HoursReturn, hours_return_id)
    if found is None:
        raise Missing
    return found


def rows_of(return_id: int) -> list[HoursReturnRow]:
    """Its rows with their entries, in order."""
    entry = joinedload(HoursReturnRow.session)
    found = select(HoursReturnRow).where(HoursReturnRow.return_id == return_id).options(entry)
    return list(db.session.scalars(found.order_by(HoursReturnRow.id)))


def entries(ids: Collection[int]) -> dict[int, ServiceSession]:
    """These entries with everything a row says."""
    found = whole().where(ServiceSession.id.in_(ids))
    rows: list[ServiceSession] = list(db.session.scalars(found))  # type: ignore[arg-type]
    return {one.id: one for one in rows}


def refused_rows(return_id: int, most: int = 50) -> list[HoursReturnRow]:
    """What the national system has refused of a file."""
    found = select(HoursReturnRow).where(
        HoursReturnRow.return_id == return_id, HoursReturnRow.state == ReturnState.refused
    )
    return list(db.session.scalars(found.order_by(HoursReturnRow.id).limit(most)))


def counts(ids: Collection[int]) -> dict[int, dict[ReturnState, int]]:
    """How many rows of each file stand in which state."""
    found = select(HoursReturnRow.return_id, HoursReturnRow.state, func.count())
    found = found.where(HoursReturnRow.return_id.in_(ids))
    states: dict[int, dict[ReturnState, int]] = {}
    grouped = found.group_by(HoursReturnRow.return_id, HoursReturnRow.state)
    for number, state, many in db.session.execute(grouped):
        states.setdefault(number, {})[state] = many
    return states


def last_told(county_id: int, ids: Collection[int]) -> dict[int, HoursReturnRow]:
    """The last row that told of each of these entries, of this county."""
    found = select(HoursReturnRow).where(
        HoursReturnRow.county_id == county_id, HoursReturnRow.session_id.in_(ids)
    )
    rows = db.session.scalars(found.order_by(HoursReturnRow.id))
    return {row.session_id: row for row in rows}
