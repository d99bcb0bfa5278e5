"""Children, households and guardians: by id, by number, within a reader's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor, GrantLevel
from jiedui.children.models import Child, ChildCategory, Consent, Guardian, Household
from jiedui.children.rules import Answer, Category, ChildState, Purpose, RiskLevel
from jiedui.core import crypto, db
from jiedui.core.errors import Missing
from jiedui.core.sounds import syllables
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

ID_NUMBER = "child.id_number"
LISTED = 50


def id_index(number: str) -> str:
    """The blind index of an ID number."""
    return crypto.blind_index(ID_NUMBER, number)


def whole(found: Select[Any]) -> Select[Any]:
    """A child with everything its pages ask for."""
    return found.options(
        joinedload(Child.village).joinedload(Region.parent),
        joinedload(Child.school),
        joinedload(Child.detail),
        joinedload(Child.household).selectinload(Household.guardians),
        joinedload(Child.household).selectinload(Household.children),
        selectinload(Child.categories),
        selectinload(Child.consents),
        selectinload(Child.views),
    )


def _shown(found: Select[Any]) -> Select[Any]:
    """A child with what a line of a list shows."""
    return found.options(
        joinedload(Child.village).joinedload(Region.parent),
        selectinload(Child.categories),
        selectinload(Child.consents),
        selectinload(Child.views),
    )


def get(child_id: int) -> Child:
    """The child with this id; raise Missing."""
    child: Child | None = db.session.scalar(whole(select(Child).where(Child.id == child_id)))
    if child is None:
        raise Missing
    return child


def household(household_id: int) -> Household:
    """A household with children and guardians; raise Missing."""
    found = db.session.get(Household, household_id)
    if found is None:
        raise Missing
    return found


def guardian(guardian_id: int) -> Guardian:
    """The guardian or carer with this id; raise Missing."""
    found = db.session.get(Guardian, guardian_id)
    if found is None:
        raise Missing
    return found


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a Child is there for this reader: it lives in their scope, or a living
    grant opens its file."""
    opened = granted_ids(actor)
    inside = Child.village_id.in_(regions.ids_within(actor.scope))
    return or_(inside, Child.id.in_(opened)) if opened else inside


def granted_ids(actor: Actor) -> list[int]:
    """The children whose files a living grant opens."""
    levels = (GrantLevel.file.value, GrantLevel.notes.value)
    return [i for kind, i, level in actor.granted if kind == "child" and level in levels]


def by_id_number(county_id: int | None, number: str) -> Child | None:
    """The child of a county with this ID number, open or closed."""
    found = select(Child).where(Child.county_id == county_id, Child.id_index == id_index(number))
    child: Child | None = db.session.scalar(whole(found))
    return child


def known_to(actor: Actor, number: str) -> Child | None:
    """The child with this ID number, if it is there for this reader."""
    found = select(Child).where(visible_to(actor), Child.id_index == id_index(number))
    child: Child | None = db.session.scalar(whole(found))
    return child


def consent(consent_id: int) -> Consent:
    """The consent with this id; raise Missing."""
    found = db.session.get(Consent, consent_id)
    if found is None:
        raise Missing
    return found


def lookalikes(name: str, birth: date, path: str) -> list[Child]:
    """Open files of a name that sounds the same and the same birth date in a region. Names lie
    sealed: those born on the day are opened and compared."""
    found = select(Child).where(
        Child.birth_date == birth,
        Child.state == ChildState.open,
        Child.village_id.in_(regions.ids_within(path)),
    )
    wanted = syllables(name)
    return [c for c in db.session.scalars(whole(found)) if syllables(c.name) == wanted]


@dataclass(frozen=True)
class Filter:
    """What a list of children is narrowed to."""

    region_id: int | None = None
    category: Category | None = None
    state: ChildState | None = ChildState.open
    risk: RiskLevel | None = None
    consent: str = ""  # "missing", or nothing
    check: bool = False


def _narrowed(actor: Actor, wanted: Filter) -> list[ColumnElement[bool]]:
    conditions = [visible_to(actor)]
    if wanted.region_id is not None:
        path = regions.get(wanted.region_id).path
        conditions.append(Child.village_id.in_(regions.ids_within(path)))
    if wanted.category is not None:
        living = ChildCategory.ends.is_(None)
        has = select(ChildCategory.child_id).where(ChildCategory.category == wanted.category)
        conditions.append(Child.id.in_(has.where(living)))
    if wanted.state is not None:
        conditions.append(Child.state == wanted.state)
    if wanted.risk is not None:
        conditions.append(Child.risk == wanted.risk)
    if wanted.consent == "missing":
        conditions.append(Child.id.not_in(consenting()))
    if wanted.check:
        conditions.append(Child.checked_by.is_(None))
    return conditions


def consenting() -> Any:
    """A subquery of the ids of children for whom consent to matching holds: the newest word of
    a guardian is a yes, and a withdrawal is a word too."""
    said_at = func.coalesce(Consent.withdrawn_at, Consent.given_at)
    nth = (
        func.row_number()
        .over(partition_by=Consent.child_id, order_by=(said_at.desc(), Consent.id.desc()))
        .label("nth")
    )
    newest = (
        select(Consent.child_id, Consent.answer, Consent.withdrawn_at, nth)
        .where(Consent.purpose == Purpose.matching)
        .subquery()
    )
    return select(newest.c.child_id).where(
        newest.c.nth == 1, newest.c.answer == Answer.yes, newest.c.withdrawn_at.is_(None)
    )


def count(actor: Actor, wanted: Filter) -> int:
    """How many children of a scope fit."""
    found = select(func.count()).select_from(Child).where(*_narrowed(actor, wanted))
    return db.session.scalar(found) or 0


def page(actor: Actor, wanted: Filter, number: int = 1) -> tuple[list[Child], int]:
    """One page of the children a reader asks for, by village and file number, and how many there
    are in all."""
    conditions = _narrowed(actor, wanted)
    counted = select(Child.village_id, func.count()).where(*conditions)
    counts = {row[0]: row[1] for row in db.session.execute(counted.group_by(Child.village_id))}
    ids = _ids_on(conditions, counts, (number - 1) * LISTED)
    found = {c.id: c for c in db.session.scalars(_shown(select(Child).where(Child.id.in_(ids))))}
    return [found[i] for i in ids], sum(counts.values())


def _ids_on(conditions: list[ColumnElement[bool]], counts: dict[int, int], skip: int) -> list[int]:
    """The files of a page. Its villages are sought by their counts, so that the last page of a
    county comes as soon as the first: nothing before them is read."""
    ordered = select(Region.id).where(Region.id.in_(counts)).order_by(Region.code)
    touched: dict[int, int] = {}
    for village in db.session.scalars(ordered):
        if not touched and skip >= counts[village]:
            skip -= counts[village]
            continue
        touched[village] = len(touched)
        if sum(counts[one] for one in touched) >= skip + LISTED:
            break
    mine = select(Child.village_id, Child.id).where(Child.village_id.in_(touched), *conditions)
    rows = sorted((touched[village], number) for village, number in db.session.execute(mine))
    return [number for _place, number in rows[skip : skip + LISTED]]


def awaiting_check(actor: Actor, limit: int = 100) -> list[Child]:
    """New files of a scope that nobody has checked yet, oldest first."""
    conditions = _narrowed(actor, Filter(check=True))
    found = select(Child).where(*conditions).order_by(Child.entered_at, Child.id).limit(limit)
    return list(db.session.scalars(whole(found)))
