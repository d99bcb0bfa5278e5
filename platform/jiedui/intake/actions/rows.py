"""One row of a sheet is mended in the page, or somebody says who it is."""

from __future__ import annotations

from collections.abc import Mapping

from jiedui.core import audit, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.intake import queries
from jiedui.intake.actions.staging import second, values, with_same_key
from jiedui.intake.exchange import Reader, as_row, importer
from jiedui.intake.models import ImportBatch, ImportRow
from jiedui.intake.rules import Choice, Found, IntakeRefusal, SheetState

CELL_MOST = 500


def _open(row: ImportRow) -> ImportBatch:
    batch = db.lock(ImportBatch, row.batch_id)
    if batch is None or batch.state is not SheetState.checked:
        raise Refusal(IntakeRefusal.gone)
    return batch


def mend(row: ImportRow, said: Mapping[str, str], *, by: By) -> None:
    """Write other cells into a row (by the layout's fields) and look at it again, and at the rows
    that had the same key. Refuses a sheet that is no longer open."""
    batch = _open(row)
    cells = [*(row.cells or [])]
    changed = []
    for name, text in said.items():
        at = batch.layout.get(name)
        if at is None:
            continue
        cells += [""] * (at + 1 - len(cells))
        if cells[at] != text:
            cells[at] = text[:CELL_MOST]
            changed.append(name)
    row.cells, row.choice, row.chosen_id = cells, None, None
    _look_again(batch, row)
    if changed:
        audit.record(Act.sheet_row_changed, batch, by=by, fields=changed, line=row.line)


def decide(row: ImportRow, choice: Choice, chosen_id: int | None, *, by: By) -> None:
    """Say whether a row is somebody who is known. Refuses a row that is no double, and somebody who
    was not offered."""
    batch = _open(row)
    if not row.candidates:
        raise Refusal(IntakeRefusal.no_double)
    if choice is Choice.same_person and chosen_id not in row.candidates:
        raise Refusal(IntakeRefusal.choose_one, "who")
    row.choice = choice
    row.chosen_id = chosen_id if choice is Choice.same_person else None
    offered = row.candidates
    _look_again(batch, row)
    row.candidates = row.candidates or offered
    audit.record(Act.sheet_row_changed, batch, by=by, fields=["choice"], line=row.line)


def _look_again(batch: ImportBatch, row: ImportRow) -> None:
    """The row and every row whose key it had or has."""
    reader, keys = importer(batch.kind).reader(batch), {row.key}
    _keep(row, reader.check([as_row(row, batch)])[0], reader)
    db.session.flush()
    keys.add(row.key)
    for other in with_same_key(row, {key for key in keys if key}):
        _keep(other, reader.check([as_row(other, batch)])[0], reader)


def _keep(row: ImportRow, found: Found, reader: Reader) -> None:
    if found.key and queries.with_key(row.batch_id, found.key, row.line):
        found = second(found, importer(row.kind).key_field)
    for name, value in values(found).items():
        setattr(row, name, value)
