"""How a county's times stand, what is due, what is kept back and why, and past runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.children.models import FileHold
from jiedui.children.queries.keeping import holds
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.files.queries.keeping import asked_for, blocked
from jiedui.files.rules import Block
from jiedui.oversight.models import RetentionReceipt, RetentionRun, RetentionTerm
from jiedui.oversight.queries import due as ledger
from jiedui.oversight.queries.helpers import helper_blocks
from jiedui.oversight.rules import TERMS, DataClass, HelperBlock, Term, before, over_on

AHEAD = timedelta(days=90)  # what the page calls next
LISTED = 30
RUNS = 12


@dataclass(frozen=True)
class Row:
    """One class as it stands today. `clears_from`: nothing is cleared by this time before that
    day (None: the first run has not been yet). `due` is what is over its time and may be cleared,
    `kept` by reason what is over its time and must be kept."""

    data: DataClass
    term: Term
    amount: int
    clears_from: date | None
    due: int
    oldest: datetime | None
    kept: Mapping[Block | HelperBlock, int]

    @property
    def shown_only(self) -> bool:
        """Whether what is due is only shown as yet."""
        later = self.clears_from is None or self.clears_from > clock.today()
        return not self.term.fixed and later


@dataclass(frozen=True)
class Coming:
    """A file whose time is over soon: its number, the day, and what stands against it."""

    id: int
    day: date
    against: frozenset[Block]
    asked: bool = False

    @property
    def code(self) -> str:
        """The number of the file: all that is said of it."""
        return f"C-{self.id:04d}"

    @property
    def first_block(self) -> Block | None:
        """What is said of it first."""
        return next((block for block in Block if block in self.against), None)


def terms(county_id: int) -> dict[DataClass, RetentionTerm]:
    """What a county has set, or begun with."""
    found = select(RetentionTerm).where(RetentionTerm.county_id == county_id)
    return {one.data: one for one in db.session.scalars(found)}


def term_of(county_id: int, data: DataClass) -> RetentionTerm:
    """One of them; raise Missing before the first run, and for what is fixed."""
    found = terms(county_id).get(data)
    if found is None:
        raise Missing
    return found


def rows(county_id: int) -> list[Row]:
    """Every class as it stands today, in the order of the table."""
    known = terms(county_id)
    return [_row(county_id, data, known.get(data)) for data in DataClass]


def _row(county_id: int, data: DataClass, mine: RetentionTerm | None) -> Row:
    term = TERMS[data]
    amount = mine.amount if mine else term.amount
    until = before(data, amount, clock.today())
    kept: Mapping[Block | HelperBlock, int] = {}
    if data is DataClass.deletion:
        count, oldest, kept = _deletions(county_id)
    elif data in (DataClass.child_file, DataClass.helper_left, DataClass.helper_applied):
        count, oldest, kept = _one_by_one(county_id, data, until)
    elif data in ledger.SINCE:
        found = ledger.due(data, county_id, until)
        count, oldest = found.count, found.oldest
    else:
        count, oldest = 0, None
    return Row(data, term, amount, mine.clears_from if mine else None, count, oldest, kept)


Counted = tuple[int, datetime | None, Mapping[Block | HelperBlock, int]]


def _deletions(county_id: int) -> Counted:
    over = asked_for(county_id, clock.today())
    against = blocked([number for number, _day in over])
    free = [day for number, day in over if not against[number]]
    return len(free), clock.at(free[0]) if free else None, _reasons(against)


def _one_by_one(county_id: int, data: DataClass, until: date) -> Counted:
    over = ledger.next_ones(data, county_id, until)
    ids = [one.id for one in over]
    if data is DataClass.child_file:
        against: Mapping[int, frozenset[Block | HelperBlock]] = blocked(ids)  # type: ignore[assignment]
    else:
        against = helper_blocks(ids)  # type: ignore[assignment]
    free = [one for one in over if not against[one.id]]
    return len(free), free[0].at if free else None, _reasons(against)


def _reasons(against: Mapping[int, frozenset[Block | HelperBlock]]) -> Counter[Block | HelperBlock]:
    first = (min(why, key=_order) for why in against.values() if why)
    return Counter(first)


def _order(block: Block | HelperBlock) -> int:
    return list(type(block)).index(block)  # type: ignore[arg-type]


def coming(county_id: int) -> list[Coming]:
    """The files whose time is over or will be within three months, first due first."""
    amount = _amount(county_id, DataClass.child_file)
    last = clock.today() + AHEAD
    over = ledger.next_ones(
        DataClass.child_file, county_id, before(DataClass.child_file, amount, last), LISTED
    )
    days = {
        one.id: over_on(DataClass.child_file, amount, clock.local(one.at).date()) for one in over
    }
    asked = dict(asked_for(county_id, last)[:LISTED])
    days |= asked
    against = blocked(list(days))
    found = [Coming(n, day, against[n], n in asked) for n, day in days.items()]
    return sorted(found, key=lambda one: (one.day, one.id))[:LISTED]


def _amount(county_id: int, data: DataClass) -> int:
    mine = terms(county_id).get(data)
    return mine.amount if mine else TERMS[data].amount


def held(county_id: int) -> Sequence[FileHold]:
    """The files that somebody holds back."""
    return holds(county_id)


def runs(county_id: int) -> Sequence[RetentionRun]:
    """The last run, and the last ones that cleared or kept something, newest first."""
    newest = select(func.max(RetentionRun.id)).where(RetentionRun.county_id == county_id)
    did = select(RetentionReceipt.run_id).where(
        (RetentionReceipt.cleared > 0) | (RetentionReceipt.kept > 0)
    )
    found = select(RetentionRun).where(
        RetentionRun.county_id == county_id,
        RetentionRun.id.in_(did) | (RetentionRun.id == newest.scalar_subquery()),
    )
    found = found.options(selectinload(RetentionRun.receipts))
    return db.session.scalars(found.order_by(RetentionRun.id.desc()).limit(RUNS)).all()


def get_run(run_id: int) -> RetentionRun:
    """One run with its receipts; raise Missing."""
    found = select(RetentionRun).where(RetentionRun.id == run_id)
    whole = (joinedload(RetentionRun.county), selectinload(RetentionRun.receipts))
    run = db.session.scalar(found.options(*whole))
    if run is None:
        raise Missing
    return run
