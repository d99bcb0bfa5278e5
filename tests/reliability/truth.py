"""What must hold in a portal that was killed: nothing acknowledged is lost, nothing is there twice,
and everything that is there is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func, select, text

from jiedui.care.models.visits import Visit
from jiedui.core import audit, db, spool
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.core.outbox import Letter, LetterKind
from jiedui.hours.models import ImportedHours, ServiceSession
from jiedui.intake.models import ImportBatch, ImportRow
from jiedui.intake.rules import SheetState
from jiedui.pairings.models import PairingMove, Round, RoundClaim, Suggestion, Unmet
from jiedui.pairings.rules import PairingState
from jiedui.pairings.rules.rounds import RoundState
from jiedui.protection.models import Report
from jiedui.regions.models import Region
from tests.reliability.town import ROWS, Books


def faults(books: Books) -> list[str]:
    """Everything that is not as it must be; nothing when all is well (opens its own look)."""
    aside = Counter(spool.read(path)["what"] for path in spool.waiting("report"))
    with db.read():
        return [
            *_sound(),
            *_all_there(books, aside),
            *_each_on_record(),
            *_approved_once(books),
            *_sheets_whole(),
            *_rounds_whole_or_void(),
        ]


def _sound() -> Iterator[str]:
    """The file and the record."""
    if db.database().sqlite:
        said = db.session.scalar(text("PRAGMA integrity_check"))
        if said != "ok":
            yield f"integrity: {said}"
        if db.session.execute(text("PRAGMA foreign_key_check")).first():
            yield "a reference to nothing"
    for county in db.session.scalars(select(Region.id).where(Region.parent_id.is_(None))):
        yield from (f"record: {fault}" for fault in audit.verify(county))


def _words(column: Any) -> Counter[str]:
    return Counter(word for word in db.session.scalars(select(column)) if word)


def _all_there(books: Books, aside: Counter[str]) -> Iterator[str]:
    """Words of what was acknowledged once each, of what was not at most once, and no others."""
    kinds = {"hours": ServiceSession.note, "visit": Visit.words, "report": Report.what}
    for kind, column in kinds.items():
        there, acked = _words(column), set(books.words(kind))
        outside = aside if kind == "report" else Counter()
        yield from (f"lost: {word}" for word in acked if not there[word] + outside[word])
        yield from (f"twice: {word}" for word, n in there.items() if n > 1)
        known = acked | set(books.open_words(kind))
        yield from (f"never sent: {word}" for word in there if word not in known)


def _count(table: Any, *conditions: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def _acts(act: Act) -> int:
    return _count(AuditEntry, AuditEntry.act == act.value)


def _each_on_record() -> Iterator[str]:
    """As many rows as entries, and as many letters as there should be."""
    report_letters = _count(Letter, Letter.kind == LetterKind.report_waiting)
    ready = _count(Letter, Letter.kind == LetterKind.round_ready)
    pairs = {
        "sessions": (_count(ServiceSession), _acts(Act.session_logged)),
        "visits": (_count(Visit), _acts(Act.visit_made)),
        "reports": (_count(Report), _acts(Act.report_received)),
        "moves": (_count(PairingMove), _acts(Act.pairing_moved)),
        "past hours": (_count(ImportedHours), _acts(Act.hours_imported)),
        "sheets": (_count(ImportBatch), _acts(Act.sheet_uploaded)),
        "letters of reports": (report_letters, _count(Report, Report.flood.is_(False))),
        "letters of lists": (ready, _acts(Act.round_solved)),
    }
    yield from (f"{what}: {a} beside {b}" for what, (a, b) in pairs.items() if a != b)


def _approved_once(books: Books) -> Iterator[str]:
    step = (
        PairingMove.old == PairingState.proposed.value,
        PairingMove.new == PairingState.approved,
    )
    moves = select(PairingMove.pairing_id).where(*step)
    there = Counter(str(number) for number in db.session.scalars(moves))
    yield from (f"approval lost: {word}" for word in books.words("approval") if not there[word])
    yield from (f"approved twice: {word}" for word, n in there.items() if n > 1)
    told = select(Letter.about_id, Letter.to_account_id).where(
        Letter.kind == LetterKind.pairing_approved
    )
    letters = Counter(tuple(row) for row in db.session.execute(told))
    yield from (f"two letters: {row}" for row, n in letters.items() if n > 1)
    silent = {int(number) for number in there} - {about for about, _to in letters}
    yield from (f"approved in silence: {number}" for number in silent)


def _sheets_whole() -> Iterator[str]:
    """A row says that it was taken over exactly where it was; of a sheet that is through, all."""
    rows = select(ImportRow.object_id).where(ImportRow.taken.is_(True))
    became = list(db.session.scalars(rows))
    if sorted(became) != sorted(db.session.scalars(select(ImportedHours.id))):
        yield "rows of sheets and past hours do not agree"
    for batch in db.session.scalars(select(ImportBatch)):
        mine = (ImportRow.batch_id == batch.id,)
        there, taken = _count(ImportRow, *mine), _count(ImportRow, *mine, ImportRow.taken.is_(True))
        if batch.state is SheetState.taken and not there == taken == ROWS:
            yield f"sheet {batch.id} is through with {taken} of {there} rows"
        if batch.state is SheetState.checked and (there != ROWS or taken):
            yield f"sheet {batch.id} is checked with {there} rows, {taken} taken"


def _rounds_whole_or_void() -> Iterator[str]:
    """A draft speaks of each need it has claimed once; what is given up holds nobody."""
    for round_ in db.session.scalars(select(Round)):
        needs = _needs_of(round_.id)
        mine = (RoundClaim.round_id == round_.id, RoundClaim.kind == "need")
        claimed = Counter(db.session.scalars(select(RoundClaim.object_id).where(*mine)))
        if round_.state is RoundState.draft and needs != claimed:
            yield f"round {round_.id} speaks of {len(needs)} needs and has claimed {len(claimed)}"
        if round_.state is RoundState.failed and claimed:
            yield f"round {round_.id} has failed and holds {len(claimed)}"
        if any(n > 1 for n in needs.values()):
            yield f"round {round_.id} speaks twice of a need"


def _needs_of(number: int) -> Counter[int]:
    tables: Iterable[Any] = (Suggestion, Unmet)
    found: Counter[int] = Counter()
    for table in tables:
        found.update(db.session.scalars(select(table.need_id).where(table.round_id == number)))
    return found


def unfinished() -> list[str]:
    """Sheets and lists that a worker still has to do with (opens its own look)."""
    with db.read():
        sheets = select(ImportBatch.id).where(
            ImportBatch.state.in_((SheetState.uploaded, SheetState.taking))
        )
        rounds = select(Round.id).where(Round.state.in_((RoundState.queued, RoundState.solving)))
        return [f"sheet {n}" for n in db.session.scalars(sheets)] + [
            f"round {n}" for n in db.session.scalars(rounds)
        ]
