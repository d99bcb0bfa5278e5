"""The record as its reader browses it: newest first, by act and by day; no values, no children."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from jiedui.access import queries as access
from jiedui.access.rules import Actor
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What the record is narrowed to; `before` is the last number of the page before."""

    act: Act | None = None
    first: date | None = None
    last: date | None = None
    before: int | None = None


def entries(actor: Actor, wanted: Wanted) -> list[AuditEntry]:
    """One page of a county's record."""
    found = select(AuditEntry).where(AuditEntry.county_id == actor.county_id)
    if wanted.act is not None:
        found = found.where(AuditEntry.act == wanted.act.value)
    if wanted.first is not None:
        found = found.where(AuditEntry.at >= clock.at(wanted.first))
    if wanted.last is not None:
        found = found.where(AuditEntry.at < clock.at(wanted.last + timedelta(days=1)))
    if wanted.before is not None:
        found = found.where(AuditEntry.seq < wanted.before)
    return list(db.session.scalars(found.order_by(AuditEntry.seq.desc()).limit(PAGE)))


def names_in(page: Iterable[AuditEntry]) -> dict[int, str]:
    """The names of the officials and helpers whose accounts stand on a page."""
    ids = {number for one in page for number in (one.account_id, one.acting_for)}
    return access.names_of({number for number in ids if number is not None})
