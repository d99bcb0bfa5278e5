"""Children whose files have changed since the national system said something of them, and what was
given back for them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.children.models import (
    Child,
    FilePast,
    NationalCopy,
    NationalReturn,
    NationalReturnRow,
)
from jiedui.children.queries.ledger import visible_to, whole
from jiedui.children.rules import ChildState, ReturnState
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.core.pages import PAGE
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

LISTED_MOST = 30


def _changed(where: ColumnElement[bool]) -> Select[int]:
    """Ids of children that have changed since, and for whom no answer is awaited. A child that was
    never in the national system counts while its file is open."""
    last = select(FilePast.child_id, func.max(FilePast.at).label("at")).group_by(FilePast.child_id)
    newest = last.subquery()
    waiting = select(NationalReturnRow.child_id).where(NationalReturnRow.state == ReturnState.sent)
    news = or_(
        NationalCopy.at < newest.c.at,
        NationalCopy.child_id.is_(None) & (Child.state == ChildState.open),
    )
    return (
        select(Child.id)
        .join(newest, newest.c.child_id == Child.id)
        .join(Region, Region.id == Child.village_id)
        .outerjoin(NationalCopy, NationalCopy.child_id == Child.id)
        .where(where, news, Child.id.not_in(waiting))
        .order_by(Region.code, Child.id)
    )


def changed_page(actor: Actor, number: int) -> tuple[list[Child], int]:
    """One page of such children in somebody's area, and how many there are."""
    found = _changed(visible_to(actor))
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    ids = list(db.session.scalars(found.limit(PAGE).offset((number - 1) * PAGE)))
    children = {c.id: c for c in db.session.scalars(whole(select(Child).where(Child.id.in_(ids))))}
    return [children[i] for i in ids], total


def changed_ids(path: str) -> list[int]:
    """All of them in a region."""
    inside = Child.village_id.in_(regions.ids_within(path))
    return list(db.session.scalars(_changed(inside)))


def returned(actor: Actor) -> list[NationalReturn]:
    """The files of changes that were made in somebody's area, newest first."""
    inside = NationalReturn.region_id.in_(regions.ids_within(actor.scope))
    found = select(NationalReturn).where(inside).options(joinedload(NationalReturn.region))
    return list(db.session.scalars(found.order_by(NationalReturn.id.desc()).limit(LISTED_MOST)))


def returns_to_agree(actor: Actor) -> list[NationalReturn]:
    """Files of changes in somebody's area that others have made and nobody has agreed to."""
    inside = NationalReturn.region_id.in_(regions.ids_within(actor.scope))
    mine = (actor.account_id, actor.acts_as)
    found = select(NationalReturn).where(
        inside, NationalReturn.agreed_by.is_(None), NationalReturn.made_by.not_in(mine)
    )
    return list(db.session.scalars(found.order_by(NationalReturn.id)))


def national_return(return_id: int) -> NationalReturn:
    """The file of changes with this id; raise Missing."""
    found = db.session.get(NationalReturn, return_id)
    if found is None:
        raise Missing
    return found


def return_rows(return_id: int) -> list[NationalReturnRow]:
    """Its rows, in order."""
    found = select(NationalReturnRow).where(NationalReturnRow.return_id == return_id)
    return list(db.session.scalars(found.order_by(NationalReturnRow.id)))


def return_counts(ids: Collection[int]) -> dict[int, dict[ReturnState, int]]:
    """How many rows of each file stand in which state."""
    found = select(NationalReturnRow.return_id, NationalReturnRow.state, func.count())
    found = found.where(NationalReturnRow.return_id.in_(ids))
    rows = db.session.execute(found.group_by(NationalReturnRow.return_id, NationalReturnRow.state))
    counts: dict[int, dict[ReturnState, int]] = {}
    for number, state, many in rows:
        counts.setdefault(number, {})[state] = many
    return counts


def awaiting_answer(ids: Collection[int]) -> dict[int, NationalReturnRow]:
    """The rows that wait for an answer, by child."""
    found = select(NationalReturnRow).where(
        NationalReturnRow.child_id.in_(ids), NationalReturnRow.state == ReturnState.sent
    )
    return {row.child_id: row for row in db.session.scalars(found)}


def last_rows(ids: Collection[int]) -> dict[int, NationalReturnRow]:
    """The last row that went back for each of these children."""
    found = select(NationalReturnRow).where(NationalReturnRow.child_id.in_(ids))
    return {row.child_id: row for row in db.session.scalars(found.order_by(NationalReturnRow.id))}


def refused_rows(return_id: int) -> list[NationalReturnRow]:
    """The rows of a file that the national system has not accepted, with their children."""
    found = select(NationalReturnRow).where(
        NationalReturnRow.return_id == return_id, NationalReturnRow.state == ReturnState.refused
    )
    found = found.options(
        joinedload(NationalReturnRow.child).joinedload(Child.village).joinedload(Region.parent)
    )
    return list(db.session.scalars(found.order_by(NationalReturnRow.id)))
