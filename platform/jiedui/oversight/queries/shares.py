"""The share register of a year: when, what, to whom, on which ground, of how many people. Codes and
offices only; the words somebody gave as a purpose stay sealed where they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Office
from jiedui.children.models import ChildExport
from jiedui.children.models.returns import NationalReturn
from jiedui.children.rules import Bureau, ExportState
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.core.errors import Missing
from jiedui.files.models import DataRequest
from jiedui.helpers.models import BatchMember, RecordCheckBatch
from jiedui.intake.models import ImportBatch
from jiedui.oversight.queries.span import Span, span_of
from jiedui.oversight.queries.yearly import years
from jiedui.oversight.rules.duties import Duty
from jiedui.oversight.rules.shares import ShareKind
from jiedui.regions.models import Region

BUREAU = "bureau-"


@dataclass(frozen=True)
class Share:
    """One giving. `ground` is why, as an enumeration with words; `place` where the receiver sits
    (an office of the county, a township); `people` how many persons the data is of."""

    kind: ShareKind
    at: datetime
    code: str
    people: int
    place: str = ""
    office: Office | None = None
    ground: StrEnum | None = None


def shares(county: Region, year: int) -> list[Share]:
    """Everything of a year, newest first; raise Missing for a year without a record."""
    if year not in years(county.id):
        raise Missing
    span = span_of(county.id, year)
    parts = (_exports, _returns, _copies, _checks, _comparisons)
    return sorted((one for part in parts for one in part(span)), key=_order, reverse=True)


def _order(share: Share) -> tuple[datetime, str]:
    return share.at, share.code


def _exports(span: Span) -> Iterator[Share]:
    found = select(ChildExport).where(
        ChildExport.county_id == span.county_id,
        ChildExport.state == ExportState.fetched,
        span.holds(ChildExport.fetched_at),
    )
    for one in db.session.scalars(found.options(joinedload(ChildExport.asked_region))):
        at = one.fetched_at or one.asked_at
        place = one.asked_region.name
        yield Share(ShareKind.export, at, one.code, one.rows, place, one.asked_office, one.reason)


def _returns(span: Span) -> Iterator[Share]:
    found = select(NationalReturn).where(
        NationalReturn.county_id == span.county_id, span.holds(NationalReturn.made_at)
    )
    for one in db.session.scalars(found.options(joinedload(NationalReturn.region))):
        yield Share(ShareKind.national, one.made_at, one.code, one.count, one.region.name)


def _copies(span: Span) -> Iterator[Share]:
    """Each print of a copy, as the record has it; what a guardian asked is the ground."""
    found = (
        select(AuditEntry.at, DataRequest)
        .join(DataRequest, DataRequest.id == AuditEntry.object_id)
        .where(
            AuditEntry.county_id == span.county_id,
            AuditEntry.act == Act.request_copied,
            span.holds(AuditEntry.at),
        )
    )
    for at, request in db.session.execute(found):
        yield Share(ShareKind.copy, at, request.code, 1, ground=request.asked)


def _checks(span: Span) -> Iterator[Share]:
    days = [clock.local(at).date() for at in (span.starts, span.ends)]
    members = (
        select(func.count())
        .where(BatchMember.batch_id == RecordCheckBatch.id)
        .correlate(RecordCheckBatch)
        .scalar_subquery()
    )
    found = select(RecordCheckBatch, members).where(
        RecordCheckBatch.county_id == span.county_id,
        RecordCheckBatch.sent_on >= days[0],
        RecordCheckBatch.sent_on < days[1],
    )
    for batch, number in db.session.execute(found):
        at, code = clock.at(batch.sent_on), f"B-{batch.id:04d}"
        yield Share(ShareKind.record_check, at, code, number, batch.authority, ground=Duty.checks)


def _comparisons(span: Span) -> Iterator[Share]:
    found = select(ImportBatch).where(
        ImportBatch.county_id == span.county_id,
        ImportBatch.kind.startswith(BUREAU),
        ImportBatch.checked_at.is_not(None),
        span.holds(ImportBatch.uploaded_at),
    )
    for one in db.session.scalars(found.options(joinedload(ImportBatch.region))):
        bureau = Bureau(one.kind.removeprefix(BUREAU))
        at, code = one.uploaded_at, f"S-{one.id:04d}"
        yield Share(ShareKind.comparison, at, code, one.total, one.region.name, None, bureau)
