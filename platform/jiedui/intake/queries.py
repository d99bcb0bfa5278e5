"""Uploaded sheets and their rows: lists, counts, pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.core.pages import PAGE
from jiedui.intake.models import ImportBatch, ImportRow
from jiedui.intake.rules import OPEN, SheetState, Verdict
from jiedui.regions import queries as regions

LISTED_MOST = 50


def get(sheet_id: int) -> ImportBatch:
    """The sheet with this id; raise Missing."""
    found = select(ImportBatch).where(ImportBatch.id == sheet_id)
    batch = db.session.scalar(found.options(joinedload(ImportBatch.region)))
    if batch is None:
        raise Missing
    return batch


def row(row_id: int) -> ImportRow:
    """The row with this id, with its sheet; raise Missing."""
    found = select(ImportRow).where(ImportRow.id == row_id).options(joinedload(ImportRow.batch))
    one = db.session.scalar(found)
    if one is None or one.cells is None:
        raise Missing
    return one


def listed(actor: Actor, kind: str) -> list[ImportBatch]:
    """The sheets of one kind that somebody may see, newest first."""
    found = select(ImportBatch).where(ImportBatch.kind == kind, _mine(actor))
    found = found.options(joinedload(ImportBatch.region)).order_by(ImportBatch.id.desc())
    sheets = db.session.scalars(found.limit(LISTED_MOST))
    return [one for one in sheets if may(actor, Permission.sheet_import, one)]


def _mine(actor: Actor) -> ColumnElement[bool]:
    if actor.unit_id is not None:
        return ImportBatch.unit_id == actor.unit_id
    return ImportBatch.region_id.in_(regions.ids_within(actor.scope))


def waiting(actor: Actor) -> list[ImportBatch]:
    """Checked sheets of somebody's area, of kinds they may bring, with rows that somebody has to
    settle, oldest first."""
    open_ = select(ImportRow.batch_id).where(ImportRow.verdict.in_(OPEN))
    found = select(ImportBatch).where(
        ImportBatch.state == SheetState.checked, ImportBatch.id.in_(open_), _mine(actor)
    )
    found = found.options(joinedload(ImportBatch.region)).order_by(ImportBatch.id)
    return [b for b in db.session.scalars(found) if may(actor, Permission.sheet_import, b)]


def alike(county_id: int, kind: str, fingerprint: str, region_id: int) -> ImportBatch | None:
    """The sheet that was made from exactly this file, if it is not given up."""
    found = select(ImportBatch).where(
        ImportBatch.county_id == county_id,
        ImportBatch.kind == kind,
        ImportBatch.fingerprint == fingerprint,
        ImportBatch.region_id == region_id,
        ImportBatch.state.not_in((SheetState.dropped, SheetState.refused)),
    )
    return db.session.scalars(found.order_by(ImportBatch.id.desc())).first()


def counts(batch_id: int) -> dict[Verdict, int]:
    """How many rows have which verdict."""
    found = select(ImportRow.verdict, func.count()).where(ImportRow.batch_id == batch_id)
    rows = db.session.execute(found.group_by(ImportRow.verdict))
    return {row[0]: row[1] for row in rows}


def taken(batch_id: int) -> int:
    """How many rows have been taken over."""
    found = select(func.count()).select_from(ImportRow)
    found = found.where(ImportRow.batch_id == batch_id, ImportRow.taken)
    return db.session.scalar(found) or 0


def page(batch_id: int, verdicts: Sequence[Verdict], number: int) -> tuple[list[ImportRow], int]:
    """One page of the rows with these verdicts, in the file's order, and how many there are."""
    mine = (ImportRow.batch_id == batch_id, ImportRow.verdict.in_(verdicts))
    total = db.session.scalar(select(func.count()).select_from(ImportRow).where(*mine)) or 0
    found = select(ImportRow).where(*mine).order_by(ImportRow.line)
    return list(db.session.scalars(found.limit(PAGE).offset((number - 1) * PAGE))), total


def every(batch_id: int) -> Iterator[ImportRow]:
    """All rows of a sheet in the file's order, a few at a time."""
    found = select(ImportRow).where(ImportRow.batch_id == batch_id).order_by(ImportRow.line)
    yield from db.session.scalars(found.execution_options(yield_per=500))


def next_open(batch_id: int, line: int) -> ImportRow | None:
    """The first row after a line that waits for somebody, else the first of all."""
    mine = select(ImportRow).where(ImportRow.batch_id == batch_id, ImportRow.verdict.in_(OPEN))
    later = db.session.scalars(mine.where(ImportRow.line > line).order_by(ImportRow.line)).first()
    return later or db.session.scalars(mine.order_by(ImportRow.line)).first()


def part(
    batch_id: int, after: int, size: int, *, untaken: Sequence[Verdict] = ()
) -> list[ImportRow]:
    """The next rows after a line, in order; with `untaken` only those with such a verdict that have
    not been taken over."""
    found = select(ImportRow).where(ImportRow.batch_id == batch_id, ImportRow.line > after)
    if untaken:
        found = found.where(ImportRow.taken.is_(False), ImportRow.verdict.in_(untaken))
    return list(db.session.scalars(found.order_by(ImportRow.line).limit(size)))


def with_key(batch_id: int, key: str, line: int) -> bool:
    """Whether an earlier row of the sheet has this key."""
    found = select(ImportRow.id).where(
        ImportRow.batch_id == batch_id, ImportRow.key == key, ImportRow.line < line
    )
    return db.session.scalar(found.limit(1)) is not None


def to_empty(before: datetime) -> list[ImportBatch]:
    """Sheets whose cells have been kept long enough."""
    found = select(ImportBatch).where(
        ImportBatch.emptied_at.is_(None),
        ImportBatch.uploaded_at < before,
        ImportBatch.state != SheetState.taking,
    )
    return list(db.session.scalars(found))


def unfinished(before: datetime) -> list[int]:
    """Sheets that are being taken over, or wait to be checked, since before a moment."""
    found = select(ImportBatch.id).where(
        ImportBatch.state.in_((SheetState.taking, SheetState.uploaded)),
        ImportBatch.uploaded_at < before,
    )
    return list(db.session.scalars(found))
