"""Whom the rows of a sheet may mean, asked for many rows at once; and what is known to lie in the
national system."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jiedui.children.models import Child, ChildCategory, Guardian, Household, NationalCopy
from jiedui.children.queries.ledger import whole
from jiedui.children.rules import (
    PRIMARY_AGE,
    Bureau,
    Category,
    ChildState,
    Relation,
    SchoolStage,
)
from jiedui.core import db
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

CATEGORY_OF = {
    Bureau.allowance: Category.minimum_allowance,
    Bureau.disability: Category.disabled,
}
NO_REGISTER = (SchoolStage.not_yet, SchoolStage.kindergarten, SchoolStage.out_of_school)


@dataclass(frozen=True)
class Known:
    """A file by its number: whether it is open, where it is, and the digest of its last row."""

    id: int
    state: ChildState
    path: str
    digest: str | None


def by_index(county_id: int, indexes: Collection[str]) -> dict[str, Known]:
    """The files with these blind indexes of ID numbers."""
    found = (
        select(Child.id_index, Child.id, Child.state, Region.path, NationalCopy.digest)
        .join(Region, Region.id == Child.village_id)
        .outerjoin(NationalCopy, NationalCopy.child_id == Child.id)
        .where(Child.county_id == county_id, Child.id_index.in_(indexes))
    )
    rows = db.session.execute(found)
    return {r[0]: Known(*r[1:]) for r in rows if r[0] is not None}


def born_on(days: Collection[date], path: str) -> list[tuple[int, str, date]]:
    """Open files in a region of children born on these days: id, name, day."""
    found = select(Child.id, Child.name, Child.birth_date).where(
        Child.birth_date.in_(days),
        Child.state == ChildState.open,
        Child.village_id.in_(regions.ids_within(path)),
    )
    return [(i, name, day) for i, name, day in db.session.execute(found.order_by(Child.id))]


@dataclass(frozen=True)
class Named:
    """As much of a file as says whether a row means it."""

    id: int
    name: str
    birth_date: date
    village_id: int
    state: ChildState


def named(path: str, *, days: Collection[date] = (), ids: Collection[int] = ()) -> dict[int, Named]:
    """Files in a region of children born on these days, or with these ids, by id."""
    found = select(Child.id, Child.name, Child.birth_date, Child.village_id, Child.state).where(
        Child.birth_date.in_(days) | Child.id.in_(ids),
        Child.village_id.in_(regions.ids_within(path)),
    )
    return {row[0]: Named(*row) for row in db.session.execute(found.order_by(Child.id))}


def many(ids: Collection[int]) -> dict[int, Child]:
    """These children, whole, by id."""
    found = whole(select(Child).where(Child.id.in_(ids)))
    return {child.id: child for child in db.session.scalars(found)}


def expected_at(bureau: Bureau, path: str, today: date) -> list[int]:
    """Open files of a region whose child a bureau should have: by category, of school age, or
    all."""
    found = select(Child.id).where(
        Child.state == ChildState.open, Child.village_id.in_(regions.ids_within(path))
    )
    if bureau in CATEGORY_OF:
        found = found.where(
            Child.id.in_(
                select(ChildCategory.child_id).where(
                    ChildCategory.category == CATEGORY_OF[bureau], ChildCategory.ends.is_(None)
                )
            )
        )
    elif bureau is Bureau.school:
        youngest = today.replace(year=today.year - PRIMARY_AGE - 1, day=1)
        found = found.where(Child.birth_date < youngest, Child.school_stage.not_in(NO_REGISTER))
    return list(db.session.scalars(found.order_by(Child.village_id, Child.id)))


def copies(ids: Collection[int]) -> dict[int, NationalCopy]:
    """The last rows of these children, by id."""
    found = select(NationalCopy).where(NationalCopy.child_id.in_(ids))
    return {one.child_id: one for one in db.session.scalars(found)}


def homes_of(village_ids: Iterable[int]) -> list[tuple[int, int, str]]:
    """Households of villages by their parents' numbers: village, household, number."""
    found = (
        select(Household.village_id, Household.id, Guardian.id_number)
        .join(Guardian, Guardian.household_id == Household.id)
        .where(
            Household.village_id.in_(list(village_ids)),
            Guardian.relation.in_((Relation.father, Relation.mother)),
            Guardian.id_number.is_not(None),
        )
    )
    rows = db.session.execute(found.order_by(Household.id))
    return [(village, home, number) for village, home, number in rows if number]
