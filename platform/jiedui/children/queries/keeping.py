"""Which files are held back, and which are closed and still say whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from jiedui.children.models import Child, FileHold, FileMerge, Household
from jiedui.children.rules import ChildState
from jiedui.core import db


def hold_of(child_id: int) -> FileHold | None:
    """The living hold of a file."""
    found = select(FileHold).where(FileHold.child_id == child_id, FileHold.lifted_at.is_(None))
    return db.session.scalar(found)


def holds(county_id: int) -> Sequence[FileHold]:
    """A county's living holds, oldest first."""
    found = select(FileHold).where(FileHold.county_id == county_id, FileHold.lifted_at.is_(None))
    return db.session.scalars(found.order_by(FileHold.set_at, FileHold.id)).all()


def closed_files(county_id: int) -> Select[int, datetime]:
    """Closed files that still say whose they are, by id and day of closing, first closed first."""
    found = select(Child.id, Child.closed_at).where(
        Child.county_id == county_id,
        Child.state == ChildState.closed,
        Child.deidentified_at.is_(None),
        Child.closed_at.is_not(None),
    )
    return found.order_by(Child.closed_at, Child.id)  # type: ignore[return-value]


def joined_to(child: Child) -> list[Child]:
    """Doubles joined to a file, themselves still saying whose they are."""
    double = joinedload(FileMerge.double).joinedload(Child.household).joinedload(Household.children)
    found = select(FileMerge).where(FileMerge.kept_id == child.id, FileMerge.undone_at.is_(None))
    rows = db.session.scalars(found.options(double)).unique()
    return [row.double for row in rows if row.double.deidentified_at is None]


def house_is_over(home: Household) -> bool:
    """Whether no child of a house is on file by name any more."""
    here = select(Child.id).where(Child.household_id == home.id, Child.deidentified_at.is_(None))
    return db.session.scalar(here.limit(1)) is None
