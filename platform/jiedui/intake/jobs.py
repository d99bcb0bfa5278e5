"""Sheets in the worker: checked, taken over part by part, gone on with after a crash, forgotten.

Taking over is all or nothing in this sense: it does not begin while a row is open (unless somebody
has said that such rows stay out); when the check is old, every row is looked at once more before
the first is written; each part is looked at once more in its own write; and what has begun is
always finished, whatever crashes. Parts are short, so that nobody waits for a county's twenty
thousand rows; until it is finished the sheet says that it is being taken over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from jiedui.core import clock, db, jobs, sheets
from jiedui.core.actors import SYSTEM, Someone
from jiedui.core.sheets import BadFile, FileFault
from jiedui.intake import actions, queries
from jiedui.intake.actions.sheets import PREPARE, TAKE
from jiedui.intake.actions.staging import TAKEN, second
from jiedui.intake.exchange import PART, Importer, Reader, as_row, importer, read_row
from jiedui.intake.models import ImportBatch
from jiedui.intake.rules import KEPT_FOR, OPEN, Found, SheetState

HEADS_WITHIN = 5  # some systems put a title above the heads
WAITS_AT_LEAST = timedelta(minutes=5)
FRESH_FOR = timedelta(hours=1)
GROWN = 4  # times as many rows as when the database last looked how large its tables are
Lines = Iterator[tuple[int, list[str]]]


@jobs.handles(PREPARE)
def prepare(job: int, batch: int) -> dict[str, int] | None:
    """Read the file, or look at the kept rows again; give every row its verdict."""
    with db.read():
        sheet = queries.get(batch)
        if sheet.state is not SheetState.uploaded:
            return None
        data, known = sheet.file, sheet.total
    if known:
        return _look_again(job, batch)
    try:
        return _read(job, batch, data or b"")
    except BadFile as bad:
        with db.write():
            actions.refuse(queries.get(batch), bad)
        return None


def _read(job: int, batch: int, data: bytes) -> dict[str, int]:
    with db.read():
        who = importer(queries.get(batch).kind)
    sheets.measure(data, who.limits)
    lines = _lines(data, who)
    layout, heads = _find_heads(lines, who)
    with db.write():
        sheet = queries.get(batch)
        actions.unstage(sheet, heads, layout)
        reader = who.reader(sheet)
    seen: set[str] = set()
    total = 0
    while part := list(islice(lines, PART)):
        with db.read():
            found = reader.check([read_row(n, cells, sheet) for n, cells in part])
        found = [_once(one, seen, who) for one in found]
        kept = [(cells, one) for cells, one in zip(part, found, strict=True) if one.keep]
        if kept:
            with db.write():
                actions.stage(sheet, [cells for cells, _f in kept], [one for _c, one in kept])
        total += len(part)
        jobs.progress(job, "checking", total)
    if not total:
        raise BadFile(FileFault.no_rows)
    db.measure()
    return _checked(batch, reader)


def _lines(data: bytes, who: Importer) -> Lines:
    """Rows that hold something, with their number in the file."""
    for number, cells in enumerate(sheets.rows(data, who.limits), start=1):
        if any(cells):
            yield number, [cell[:1000] for cell in cells]


def _find_heads(lines: Lines, who: Importer) -> tuple[dict[str, int], list[str]]:
    for _number, cells in islice(lines, HEADS_WITHIN):
        layout = who.layout(cells)
        if layout is not None:
            return layout, cells
    raise BadFile(FileFault.columns_missing, who.wanted())


def _once(one: Found, seen: set[str], who: Importer) -> Found:
    if one.key is None:
        return one
    if one.key in seen:
        return second(one, who.key_field)
    seen.add(one.key)
    return one


def _look_again(job: int, batch: int) -> dict[str, int]:
    sheet, reader = _open(batch)
    _recheck(job, sheet, reader)
    return _checked(batch, reader)


def _open(batch: int) -> tuple[ImportBatch, Reader]:
    """The sheet as it is now, to be read from without a transaction, and somebody to read it."""
    with db.read():
        sheet = queries.get(batch)
        reader = importer(sheet.kind).reader(sheet)
        db.session.expunge_all()
    return sheet, reader


def _recheck(job: int, sheet: ImportBatch, reader: Reader, *, only_taken: bool = False) -> bool:
    """Every row once more; returns whether any is open now. `only_taken` looks at the rows that
    will be taken over, and keeps what has changed for the worse."""
    who, line, seen, open_, total = importer(sheet.kind), 0, set[str](), False, 0
    wanted = TAKEN if only_taken else ()
    while True:
        with db.read():
            rows = queries.part(sheet.id, line, PART, untaken=wanted)
            found = reader.check([as_row(row, sheet) for row in rows])
            ids = [row.id for row in rows]
            line = rows[-1].line if rows else line
        if not ids:
            return open_
        found = [_once(one, seen, who) for one in found]
        pairs = [(i, f) for i, f in zip(ids, found, strict=True) if not only_taken or _bad(f)]
        if pairs:
            with db.write():
                actions.keep_verdicts(pairs)
        open_ = open_ or any(_bad(f) for f in found)
        total += len(ids)
        jobs.progress(job, "checking", total, sheet.total)


def _bad(found: Found) -> bool:
    return found.verdict in OPEN


def _checked(batch: int, reader: Reader) -> dict[str, int]:
    with db.read():
        figures = reader.figures()
    with db.write():
        sheet = queries.get(batch)
        actions.checked(sheet, figures)
        return {verdict.value: n for verdict, n in queries.counts(batch).items()}


def _old(sheet: ImportBatch) -> bool:
    return sheet.checked_at is None or sheet.checked_at < clock.now() - FRESH_FOR


@jobs.handles(TAKE)
def take(job: int, batch: int) -> dict[str, int] | None:
    """Take a sheet over from where it stands: at the beginning, or after a crash in the middle."""
    sheet, reader = _open(batch)
    if sheet.state is not SheetState.taking:
        return None
    with db.read():
        begun = queries.taken(batch)
    by = Someone("sheet", sheet.taken_by, sheet.acting_for)
    # A row that was mended alone was not counted with the others.
    stale = not importer(sheet.kind).apart or _old(sheet)
    worse = stale and not begun and _recheck(job, sheet, reader, only_taken=True)
    if worse and not sheet.options.get("without_faulty"):
        with db.write():
            actions.back_to_checked(queries.get(batch))
        return None
    done = measured = begun
    while True:
        with db.write():
            count = actions.take_part(batch, reader, by=by)
        if not count:
            break
        done += count
        jobs.progress(job, "taking", done, sheet.total)
        if done >= GROWN * measured:
            db.measure()
            measured = done
    with db.write():
        actions.finish(queries.get(batch))
    return {"taken": done}


@jobs.handles("intake.go_on", jobs.Timer("intake.go_on", minute="*/10"))
def go_on(_job: int, county: int) -> dict[str, int]:
    """Sheets whose job was lost or failed are gone on with."""
    with db.read():
        lost = [n for n in queries.unfinished(clock.now() - WAITS_AT_LEAST) if _idle(n, county)]
    for number in lost:
        with db.write():
            actions.go_on(queries.get(number), by=SYSTEM)
    return {"gone on with": len(lost)}


def _idle(number: int, county: int) -> bool:
    sheet = queries.get(number)
    at_work = (jobs.JobState.queued, jobs.JobState.running)
    return sheet.county_id == county and (sheet.job is None or sheet.job.state not in at_work)


@jobs.handles("intake.forget", jobs.Timer("intake.forget", minute="20", hour="2"))
def forget(_job: int, county: int) -> dict[str, Any]:
    """After thirty days nothing is left of what a sheet said."""
    with db.read():
        old = [b.id for b in queries.to_empty(clock.now() - KEPT_FOR) if b.county_id == county]
    for number in old:
        with db.write():
            actions.empty(queries.get(number))
    return {"emptied": len(old)}
