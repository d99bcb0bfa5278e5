"""The list of children: what it is narrowed to, and its pages. What a room above knows of children
(wishes, the quarterly review) narrows it too: such a room names its condition here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select

from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor
from jiedui.children.models import Child, ChildCategory, Consent
from jiedui.children.queries.ledger import shown, visible_to, whole
from jiedui.children.rules import Answer, Category, ChildState, Purpose, RiskLevel
from jiedui.core import db
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

LISTED = 50


class Aspect(StrEnum):
    """What rooms above know of a child, by which a list can be narrowed."""

    need = "need"
    review = "review"


@dataclass(frozen=True)
class Narrower:
    """How a room above narrows the list: who may ask, the values (and their words), and the
    condition on Child for one value, for children who live within a path. `dear`: it looks at
    files one by one, and is asked of a township or village only, never of a whole county."""

    permission: Permission
    choices: Callable[[], Sequence[tuple[str, str]]]
    condition: Callable[[str, str], ColumnElement[bool]]
    dear: bool = False


_narrowers: dict[Aspect, Narrower] = {}


def narrows(aspect: Aspect, narrower: Narrower) -> None:
    """Name the room that knows of an aspect."""
    _narrowers[aspect] = narrower


def offered(actor: Actor, aspect: Aspect, *, narrowed: bool) -> list[tuple[str, str]]:
    """The values of an aspect with their words; none for whoever may not read of it, and none of
    a dear one for a whole county. `narrowed`: a township or village has been chosen."""
    found = _narrowers.get(aspect)
    if found is None or not may(actor, found.permission):
        return []
    whole_county = actor.scope == f"{actor.county_id}/" and not narrowed
    return [] if found.dear and whole_county else list(found.choices())


@dataclass(frozen=True)
class Filter:
    """What a list of children is narrowed to; `known`: a value of each aspect asked for."""

    region_id: int | None = None
    category: Category | None = None
    state: ChildState | None = ChildState.open
    risk: RiskLevel | None = None
    consent: str = ""  # "missing", or nothing
    check: bool = False
    known: Mapping[Aspect, str] = field(default_factory=dict)


def _narrowed(actor: Actor, wanted: Filter) -> list[ColumnElement[bool]]:
    conditions, path = [visible_to(actor)], actor.scope
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
    return conditions + [_narrowers[a].condition(v, path) for a, v in wanted.known.items()]


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


def page(actor: Actor, wanted: Filter, number: int = 1) -> tuple[list[Child], int, int]:
    """One page of the children a reader asks for, by village and file number; how many there are
    in all; and the page's number: the last one where there are not so many."""
    conditions = _narrowed(actor, wanted)
    counted = select(Child.village_id, func.count()).where(*conditions)
    counts = {row[0]: row[1] for row in db.session.execute(counted.group_by(Child.village_id))}
    total = sum(counts.values())
    number = max(min(number, (total + LISTED - 1) // LISTED), 1)
    ids = _ids_on(conditions, counts, (number - 1) * LISTED)
    found = {c.id: c for c in db.session.scalars(shown(select(Child).where(Child.id.in_(ids))))}
    return [found[i] for i in ids], total, number


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
    """New files of a scope that nobody has checked yet and this reader may check: not entered, or
    brought in a sheet, by them; oldest first."""
    conditions = [*_narrowed(actor, Filter(check=True)), _of_others(actor)]
    found = select(Child).where(*conditions).order_by(Child.entered_at, Child.id).limit(limit)
    return list(db.session.scalars(whole(found)))


def _of_others(actor: Actor) -> ColumnElement[bool]:
    return Child.entered_by.is_distinct_from(actor.account_id)


def own_unchecked(actor: Actor) -> int:
    """How many new files this reader has entered or brought: somebody else checks them."""
    conditions = [*_narrowed(actor, Filter(check=True)), Child.entered_by == actor.account_id]
    return db.session.scalar(select(func.count()).select_from(Child).where(*conditions)) or 0


def unchecked(actor: Actor, ids: Collection[int]) -> list[Child]:
    """Of these files, the ones of a scope that nobody has checked yet."""
    conditions = [*_narrowed(actor, Filter(check=True)), Child.id.in_(ids)]
    return list(db.session.scalars(whole(select(Child).where(*conditions).order_by(Child.id))))
