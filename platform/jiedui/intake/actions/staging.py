"""The worker's steps on a sheet: rows are kept with their verdicts, and taken over part by part.
Each step is one short write, and bears being done twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update

from jiedui.core import db
from jiedui.core.actors import By
from jiedui.intake import queries
from jiedui.intake.exchange import PART, Reader, as_row, importer, stored
from jiedui.intake.models import ImportBatch, ImportRow
from jiedui.intake.rules import Found, IntakeFault, Problem, SheetState, Verdict

TAKEN = (Verdict.new, Verdict.changed, Verdict.same)


def unstage(batch: ImportBatch, heads: list[str], layout: dict[str, int]) -> None:
    """Forget the rows of an earlier run, and keep what the columns are."""
    db.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
    batch.heads, batch.layout = heads, layout


def stage(
    batch: ImportBatch, rows: Sequence[tuple[int, list[str]]], found: Sequence[Found]
) -> None:
    """Keep some rows with what was found."""
    many = [
        {"batch_id": batch.id, "line": line, "cells": cells, **values(one)}
        for (line, cells), one in zip(rows, found, strict=True)
    ]
    db.session.execute(ImportRow.__table__.insert(), many)  # type: ignore[attr-defined]


def keep_verdicts(found: Sequence[tuple[int, Found]]) -> None:
    """Keep what a new look at known rows (by id) has found."""
    many = [{"id": number, **values(one)} for number, one in found]
    db.session.execute(update(ImportRow), many)


def values(one: Found) -> dict[str, Any]:
    """What was found, as a row keeps it."""
    return {
        "verdict": one.verdict,
        "key": one.key,
        "problems": stored(one.problems),
        "candidates": list(one.candidates),
        "fields": list(one.fields),
    }


def second(one: Found, field: str) -> Found:
    """A row whose key an earlier row of the sheet has: a fault."""
    wrong = (*one.problems, Problem(field, IntakeFault.twice))
    return Found(Verdict.faulty, wrong, one.key, one.candidates, one.fields)


def take_part(batch_id: int, reader: Reader, *, by: By) -> int:
    """Take the next rows over; returns how many, 0 when there are none left. Who comes second for
    the same rows finds them taken."""
    batch = db.lock(ImportBatch, batch_id)
    if batch is None or batch.state is not SheetState.taking:
        return 0
    rows = queries.part(batch_id, 0, importer(batch.kind).at_once, untaken=TAKEN)
    if not rows:
        return 0
    became = reader.take([as_row(row, batch) for row in rows], by=by)
    pairs = list(zip([row.id for row in rows], became, strict=True))
    many = [
        {"id": number, "taken": True, "object_id": what}
        for number, what in pairs
        if isinstance(what, int)
    ]
    if many:
        db.session.execute(update(ImportRow), many)
    worse = [(number, what) for number, what in pairs if isinstance(what, Found)]
    if worse:
        keep_verdicts(worse)
    return len(rows)


def with_same_key(row: ImportRow, keys: set[str]) -> list[ImportRow]:
    """The other rows of a sheet with one of these keys."""
    found = select(ImportRow).where(
        ImportRow.batch_id == row.batch_id, ImportRow.key.in_(keys), ImportRow.id != row.id
    )
    return list(db.session.scalars(found.order_by(ImportRow.line).limit(PART)))
