"""Identified data leaves as a file: asked for with a reason, approved by a second person of the
same or a higher office, made in the worker, fetched once within a day; all of it on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from jiedui.access.rules import Actor
from jiedui.children import queries
from jiedui.children.models import ChildExport
from jiedui.children.rules import (
    EXPORT_MOVES,
    FETCH_WITHIN,
    Asker,
    Category,
    ExportRefusal,
    ExportState,
    RevealReason,
    approval_fault,
    fetch_fault,
)
from jiedui.core import audit, clock, db, jobs
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.regions.models import Region

MAKE = "children.export"


@dataclass(frozen=True)
class ExportAsked:
    """What is asked for: whose files, why (one of the five reasons), for what in words."""

    region: Region
    reason: RevealReason
    purpose: str
    category: Category | None = None


def ask_export(said: ExportAsked, *, by: Actor) -> ChildExport:
    """Ask for a file. Refuses a region beyond one's own, and where nobody is on file."""
    if by.holding is None or not said.region.path.startswith(by.scope):
        raise Refusal(ExportRefusal.nothing_there, "region")
    count = queries.export_count(said.region.path, said.category)
    if not count:
        raise Refusal(ExportRefusal.nothing_there, "region")
    asked = ChildExport(
        county_id=by.county_id,
        region=said.region,
        category=said.category,
        reason=said.reason,
        purpose=said.purpose,
        state=ExportState.asked,
        rows=count,
        asked_by=by.account_id,
        asked_as=by.acts_as,
        asked_office=by.office,
        asked_region_id=by.holding.region_id,
        asked_at=clock.now(),
    )
    db.session.add(asked)
    audit.record(Act.export_asked, asked, by=by, reason=said.reason, rows=count)
    return asked


def _waiting(one: ChildExport, version: int | None, by: Actor) -> None:
    db.lock(ChildExport, one.id)
    fresh(one.version, version)
    if one.state is not ExportState.asked:
        raise Refusal(ExportRefusal.gone)
    asker = Asker(one.asked_by, one.asked_as, one.asked_office, one.asked_region.path)
    fault = approval_fault(asker, by)
    if fault is not None:
        raise Refusal(fault)


def approve_export(one: ChildExport, *, by: Actor, version: int | None = None) -> None:
    """A second person says yes; the worker makes the file. Refuses who asked and who stands in for
    them, a lower or another office, and what was decided already."""
    _waiting(one, version, by)
    EXPORT_MOVES.require(one.state, ExportState.making)
    one.state, one.approved_by, one.decided_at = ExportState.making, by.account_id, clock.now()
    one.fetch_until = one.decided_at + FETCH_WITHIN
    jobs.ask(MAKE, by=by, county_id=one.county_id, export=one.id)
    audit.record(Act.export_approved, one, by=by, rows=one.rows)


def reject_export(one: ChildExport, *, by: Actor, version: int | None = None) -> None:
    """A second person says no."""
    _waiting(one, version, by)
    EXPORT_MOVES.require(one.state, ExportState.rejected)
    one.state, one.decided_at = ExportState.rejected, clock.now()
    audit.record(Act.export_rejected, one, by=by)


def export_made(one: ChildExport, data: bytes, rows: int) -> None:
    """The worker has made the file."""
    EXPORT_MOVES.require(one.state, ExportState.ready)
    one.state, one.file, one.rows = ExportState.ready, data, rows


def fetch_export(one: ChildExport, *, by: Actor) -> bytes:
    """Give the file out, once: after this it is nowhere in the portal. Refuses anybody but who
    asked, a second time, and after a day."""
    db.lock(ChildExport, one.id)
    fault = fetch_fault(one.state, one.asked_by, by.account_id, one.fetch_until, clock.now())
    if fault is not None or one.file is None:
        raise Refusal(fault or ExportRefusal.gone)
    data = one.file
    one.state, one.file, one.fetched_at = ExportState.fetched, None, clock.now()
    audit.record(Act.export_fetched, one, by=by, reason=one.reason, rows=one.rows)
    return data


def expire_exports(county_id: int, now: datetime, *, by: By) -> int:
    """Files that nobody has fetched in time, and requests that nobody has decided on, are gone."""
    waits = (ExportState.asked, ExportState.making, ExportState.ready)
    found = select(ChildExport).where(
        ChildExport.county_id == county_id, ChildExport.state.in_(waits)
    )
    count = 0
    for one in db.session.scalars(found):
        until = one.fetch_until or one.asked_at + 7 * FETCH_WITHIN
        if until <= now:
            one.state, one.file = ExportState.expired, None
            audit.record(Act.export_expired, one, by=by)
            count += 1
    return count
