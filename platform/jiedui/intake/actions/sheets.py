"""A sheet comes in, is checked in the worker, taken over in parts or given up, and forgotten."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import update

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, crypto, db, jobs
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.happenings import SheetTaken, happen
from jiedui.core.sheets import BadFile
from jiedui.intake import queries
from jiedui.intake.exchange import importer
from jiedui.intake.models import ImportBatch, ImportRow
from jiedui.intake.rules import SHEET_MOVES, IntakeRefusal, SheetState, may_take

PREPARE, TAKE = "intake.prepare", "intake.take"


def upload(
    kind: str, data: bytes, *, by: Actor, options: dict[str, Any] | None = None
) -> ImportBatch:
    """Keep a sheet that has been measured, and have it checked. The same file once more is the
    same sheet: nothing is made. Of another unit or office it is another sheet."""
    if by.holding is None:
        raise Refusal(IntakeRefusal.gone)
    options = (options or {}) | ({"office": by.office.value} if by.office else {})
    digest = hashlib.sha256(data).hexdigest()
    whose = f"unit {by.unit_id}" if by.unit_id is not None else ""
    fingerprint = crypto.blind_index("import_batch.file", f"{digest}{options or ''}{whose}")
    region_id = by.holding.region_id
    there = queries.alike(by.county_id, kind, fingerprint, region_id)
    if there is not None:
        return there
    batch = ImportBatch(
        county_id=by.county_id,
        region_id=region_id,
        unit_id=by.unit_id,
        kind=kind,
        fingerprint=fingerprint,
        file=data,
        heads=[],
        options=options,
        uploaded_by=by.account_id,
        acting_for=by.acting_for,
        uploaded_at=clock.now(),
        state=SheetState.uploaded,
    )
    db.session.add(batch)
    _ask(batch, PREPARE, by)
    audit.record(Act.sheet_uploaded, batch, by=by, kind=kind)
    return batch


def _ask(batch: ImportBatch, kind: str, by: By) -> None:
    db.session.flush()  # the job carries the number
    batch.job_id = jobs.ask(kind, by=by, county_id=batch.county_id, batch=batch.id).id


def check_again(batch: ImportBatch, *, by: By) -> None:
    """Look at all rows anew, against what is known now."""
    SHEET_MOVES.require(batch.state, SheetState.uploaded)
    batch.state = SheetState.uploaded
    _ask(batch, PREPARE, by)
    audit.record(Act.sheet_checked, batch, by=by)


def refuse(batch: ImportBatch, bad: BadFile) -> None:
    """The file cannot be used; nothing of it is kept."""
    SHEET_MOVES.require(batch.state, SheetState.refused)
    batch.state, batch.fault, batch.fault_what = SheetState.refused, bad.fault.value, bad.what[:400]
    batch.file = None


def checked(batch: ImportBatch, figures: dict[str, Any]) -> None:
    """All rows have been looked at."""
    SHEET_MOVES.require(batch.state, SheetState.checked)
    batch.state, batch.figures, batch.checked_at = SheetState.checked, figures, clock.now()
    batch.total = sum(queries.counts(batch.id).values())
    if not importer(batch.kind).takes:
        batch.file = None  # what was compared is not kept


def take_over(
    batch: ImportBatch, *, without_faulty: bool, by: Actor, version: int | None = None
) -> None:
    """Have a checked sheet taken over: all rows, or the good ones where somebody has said that the
    others stay out. What begins here is always finished. Refuses an older page, a sheet with open
    rows, and one with nothing to take."""
    db.lock(ImportBatch, batch.id)
    fresh(batch.version, version)
    if batch.state is not SheetState.checked:
        raise Refusal(IntakeRefusal.gone)
    no = may_take(queries.counts(batch.id), without_faulty=without_faulty)
    if no is not None:
        raise Refusal(no, "without_faulty" if no is IntakeRefusal.rows_open else None)
    batch.state, batch.taken_by = SheetState.taking, by.account_id
    batch.options = {**batch.options, "without_faulty": without_faulty}
    _ask(batch, TAKE, by)
    audit.record(Act.sheet_taken, batch, by=by, kind=batch.kind, without_faulty=without_faulty)


def back_to_checked(batch: ImportBatch) -> None:
    """Before the first row was taken over, one had become faulty: somebody has to look again."""
    SHEET_MOVES.require(batch.state, SheetState.checked)
    batch.state = SheetState.checked


def go_on(batch: ImportBatch, *, by: By) -> None:
    """Ask again for the work on a sheet whose job was lost."""
    _ask(batch, TAKE if batch.state is SheetState.taking else PREPARE, by)
    audit.record(Act.sheet_checked, batch, by=by)


def finish(batch: ImportBatch) -> None:
    """Every row that was to be taken over has been."""
    SHEET_MOVES.require(batch.state, SheetState.taken)
    batch.state, batch.taken_at, batch.file = SheetState.taken, clock.now(), None
    happen(SheetTaken(batch.county_id, batch.kind, batch.taken_by))


def drop(batch: ImportBatch, *, by: By, version: int | None = None) -> None:
    """Give a sheet up: nothing of it is taken over, and its cells are gone. Refuses one that is
    being taken over."""
    db.lock(ImportBatch, batch.id)
    fresh(batch.version, version)
    if not SHEET_MOVES.allows(batch.state, SheetState.dropped):
        raise Refusal(IntakeRefusal.gone)
    batch.state = SheetState.dropped
    empty(batch)
    audit.record(Act.sheet_dropped, batch, by=by)


def empty(batch: ImportBatch) -> None:
    """Forget what the sheet said; counts stay."""
    batch.file, batch.emptied_at, batch.heads = None, clock.now(), []
    mine = update(ImportRow).where(ImportRow.batch_id == batch.id)
    gone: dict[str, Any] = {
        "cells": None,
        "key": None,
        "candidates": [],
        "problems": [],
        "fields": [],
    }
    db.session.execute(mine.values(**gone))
