"""The identity of a closed file is cleared; what figures are made of stays.

Everything by which the child, or once no child of the house is on file by name the family, could
be told is taken out of the ledger, out of every earlier state of the file, and out of what was
exchanged with the national system. It cannot be brought back.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update

from jiedui.children.models import (
    CategoryPaper,
    Child,
    ChildCategory,
    Consent,
    ConsentLink,
    FileHold,
    FileMerge,
    FilePast,
    Guardian,
    Household,
    NationalCopy,
    NationalReturnRow,
)
from jiedui.children.queries.keeping import hold_of, house_is_over
from jiedui.children.rules import ChildRefusal, ChildState, ClearedFor, reduced, year_of
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal

Table = type[db.Base]


def deidentify(child: Child, ground: ClearedFor, *, by: By) -> bool:
    """Clear a closed file's identity; returns whether its house has no child on file by name any
    more (then the family's was cleared, too). Upper rooms clear what is theirs in the same act.
    Refuses an open file, one that is held back, and one that is cleared already."""
    db.lock(Child, child.id)
    if child.deidentified_at is not None:
        raise Refusal(ChildRefusal.identity_cleared)
    if child.state is not ChildState.closed:
        raise Refusal(ChildRefusal.still_open)
    if hold_of(child.id) is not None:
        raise Refusal(ChildRefusal.held_back)
    _own(child)
    _earlier_states(child)
    _beside(child)
    over = house_is_over(child.household)
    if over:
        _house(child.household)
    audit.record(Act.child_deidentified, child, by=by, ground=ground)
    return over


def _own(child: Child) -> None:
    child.name = None  # type: ignore[assignment]  # NULL, which the column reads as a dash
    child.id_number = child.id_index = None
    child.school = None
    child.birth_date = year_of(child.birth_date)
    child.deidentified_at = child.changed_at = clock.now()
    known = child.detail
    known.ethnicity, known.registered_at, known.illness = "", None, None
    db.session.flush()


def _earlier_states(child: Child) -> None:
    for past in db.session.scalars(select(FilePast).where(FilePast.child_id == child.id)):
        past.facts = reduced(past.facts)


def _beside(child: Child) -> None:
    """Rows of the ledger that hang on the file."""
    mine = child.id
    categories = select(ChildCategory.id).where(ChildCategory.child_id == mine)
    db.session.execute(delete(CategoryPaper).where(CategoryPaper.category_id.in_(categories)))
    _set(ChildCategory, mine, evidence=None)
    _set(Consent, mine, evidence={})
    db.session.execute(delete(ConsentLink).where(ConsentLink.child_id == mine))
    db.session.execute(delete(NationalCopy).where(NationalCopy.child_id == mine))
    _set(NationalReturnRow, mine, fields=[], cells={}, line=[], reason=None)
    _set(FileHold, mine, words="")
    joined = (FileMerge.kept_id == mine) | (FileMerge.double_id == mine)
    db.session.execute(update(FileMerge).where(joined).values(moved={}))


def _set(table: Any, child_id: int, **values: Any) -> None:
    changed = update(table).where(table.child_id == child_id).values(**values)
    db.session.execute(changed.execution_options(synchronize_session="fetch"))


def _house(home: Household) -> None:
    """Nobody of this house is on file by name any more. Guardians' names and addresses are not
    NULL but empty: the paper trail of who decided keeps its rows."""
    home.address = ""
    for one in db.session.scalars(select(Guardian).where(Guardian.household_id == home.id)):
        one.name, one.phone, one.id_number, one.work_place = "", None, None, None
        one.birth_date = None
    db.session.flush()
