"""Houses that must have an agreement and have none, and what is to be signed when parents come
home for the Spring Festival."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor
from jiedui.care.models import DepartureTalk, EntrustedChild, Entrustment, Guardianship
from jiedui.care.queries.entrustment import whole
from jiedui.care.rules.entrustment import EXPIRING, OPEN, PaperState
from jiedui.care.rules.guardianship import PARENTS, SETTLED
from jiedui.children.models import Child, ChildDetail, Guardian, Household
from jiedui.children.rules import ChildState, Known, Relation
from jiedui.core import db
from jiedui.core.pages import PAGE
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def must_have() -> ColumnElement[bool]:
    """The condition that a Child must have an agreement: rules.guardianship.needs_agreement, as
    the database says it."""
    left_behind = select(ChildDetail.child_id).where(ChildDetail.plan == Known.yes)
    settled = select(Guardianship.child_id).where(Guardianship.state.in_(SETTLED))
    parent_cares = _grown_up(
        Guardian.relation.in_(PARENTS), Guardian.is_carer, ~Guardian.away, Guardian.unable.is_(None)
    )
    return and_(
        Child.state == ChildState.open,
        Child.id.in_(left_behind),
        Child.id.not_in(settled),
        or_(and_(_away(Relation.father), _away(Relation.mother)), ~parent_cares),
    )


def _away(relation: Relation) -> ColumnElement[bool]:
    return _grown_up(Guardian.relation == relation, Guardian.away)


def _grown_up(*conditions: Any) -> ColumnElement[bool]:
    return exists().where(Guardian.household_id == Child.household_id, *conditions)


def _has(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    mine = select(EntrustedChild.child_id).where(EntrustedChild.living)
    if conditions:
        mine = mine.join(Entrustment, Entrustment.id == EntrustedChild.entrustment_id)
    return Child.id.in_(mine.where(*conditions))


def lacks() -> tuple[ColumnElement[bool], ...]:
    """The conditions that a Child must have an agreement and has none in force."""
    return must_have(), ~_has()


def _lacking(path: str) -> tuple[ColumnElement[bool], ...]:
    inside = Child.village_id.in_(regions.ids_within(path))
    return inside, *lacks()


def count_lacking(actor: Actor) -> int:
    """How many children of a scope must have an agreement and have none in force."""
    found = select(func.count()).select_from(Child).where(*_lacking(actor.scope))
    return db.session.scalar(found) or 0


@dataclass(frozen=True)
class Home:
    """A house for whose children something is to be signed. `open` is the agreement that waits
    for signatures, `living` the one that runs out."""

    household: Household
    children: list[Child]
    open: Entrustment | None = None
    living: Entrustment | None = None

    @property
    def village(self) -> Region:
        """Where it stands."""
        return self.household.village

    @property
    def carer(self) -> Guardian | None:
        """Who cares for the children day by day, is there and is nobody's parent."""
        fit = (
            g
            for g in self.household.guardians
            if g.is_carer and not g.away and g.unable is None and g.relation not in PARENTS
        )
        return next(fit, None)

    @property
    def _parents(self) -> list[Guardian]:
        known = [g for g in self.household.guardians if g.is_guardian and g.unable is None]
        parents = [g for g in known if g.relation in PARENTS]
        carer = self.carer
        return parents or [g for g in known if carer is None or g.id != carer.id]

    @property
    def principal(self) -> Guardian | None:
        """The first of the parents who can sign, else another guardian."""
        return next(iter(self._parents), None)

    @property
    def second(self) -> Guardian | None:
        """The other parent."""
        return next(iter(self._parents[1:2]), None)


def lacking(actor: Actor, number: int) -> tuple[list[Home], int]:
    """One page of the houses of a scope whose children must have an agreement and have none in
    force, by village, and how many houses there are."""
    homes = select(Child.household_id).where(*_lacking(actor.scope))
    total = select(func.count()).select_from(Household).where(Household.id.in_(homes))
    found = _homes(Household.id.in_(homes)).limit(PAGE).offset((number - 1) * PAGE)
    rows = list(db.session.scalars(found))
    return _gathered(rows, _lacking(actor.scope)), db.session.scalar(total) or 0


def _homes(*conditions: ColumnElement[bool]) -> Any:
    return (
        select(Household)
        .join(Region, Region.id == Household.village_id)
        .where(*conditions)
        .order_by(Region.code, Household.id)
        .options(
            joinedload(Household.village).joinedload(Region.parent),
            selectinload(Household.guardians),
        )
    )


def _gathered(homes: list[Household], which: Iterable[ColumnElement[bool]]) -> list[Home]:
    ids = [home.id for home in homes]
    mine: dict[int, list[Child]] = {}
    found = select(Child).where(Child.household_id.in_(ids), *which).order_by(Child.birth_date)
    for child in db.session.scalars(found):
        mine.setdefault(child.household_id, []).append(child)
    papers = _papers(ids)
    return [
        Home(home, mine.get(home.id, []), papers.open.get(home.id), papers.living.get(home.id))
        for home in homes
    ]


@dataclass
class _Papers:
    open: dict[int, Entrustment] = field(default_factory=dict)
    living: dict[int, Entrustment] = field(default_factory=dict)


def _papers(household_ids: list[int]) -> _Papers:
    found = whole(
        select(Entrustment).where(
            Entrustment.household_id.in_(household_ids),
            Entrustment.state.in_((*OPEN, PaperState.signed)),
        )
    )
    papers = _Papers()
    for one in db.session.scalars(found.order_by(Entrustment.id)):
        kind = papers.living if one.state is PaperState.signed else papers.open
        kind[one.household_id] = one
    return papers


def for_festival(path: str, festival: date) -> list[Home]:
    """Houses in a region for whose children something is to be signed when parents come home at
    the Spring Festival, by village: there is no agreement, or it runs out before they could sign
    the next. Left out is a house whose parents said that they do not come."""
    lasting = _has(Entrustment.ends > festival + EXPIRING)
    inside = Child.village_id.in_(regions.ids_within(path))
    away = _grown_up(Guardian.away, Guardian.relation.in_(PARENTS))
    which = (inside, must_have(), ~lasting, away)
    homes = select(Child.household_id).where(*which)
    found = _homes(Household.id.in_(homes), Household.id.not_in(_not_coming()))
    return _gathered(list(db.session.scalars(found)), which)


def _not_coming() -> Any:
    """Houses whose last talk says that nobody comes home."""
    nth = func.row_number().over(
        partition_by=DepartureTalk.household_id,
        order_by=(DepartureTalk.on.desc(), DepartureTalk.id.desc()),
    )
    newest = select(
        DepartureTalk.household_id, DepartureTalk.home_for_festival, nth.label("nth")
    ).subquery()
    return select(newest.c.household_id).where(
        newest.c.nth == 1, newest.c.home_for_festival.is_(False)
    )


def to_sign(path: str) -> list[Entrustment]:
    """Agreements in a region that were printed and wait for signatures, by house."""
    inside = select(Household.id).where(Household.village_id.in_(regions.ids_within(path)))
    found = whole(
        select(Entrustment).where(
            Entrustment.household_id.in_(inside), Entrustment.state == PaperState.printed
        )
    )
    return list(db.session.scalars(found.order_by(Entrustment.household_id, Entrustment.id)))
