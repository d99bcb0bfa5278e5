"""What the rows of a list of pairs would meet, asked for many rows at once: pairings of the same
two, seats that are held, needs with their places."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from jiedui.core import db
from jiedui.helpers.rules import HelpKind
from jiedui.needs.models import Need, NeedChild
from jiedui.needs.rules import LIVING as NEED_LIVING
from jiedui.needs.rules import MOST_DEMAND, NeedState
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import LIVING


@dataclass(frozen=True)
class Between:
    """The newest pairing of two, a living one before all others."""

    id: int
    living: bool


def between(
    helper_ids: Collection[int], child_ids: Collection[int]
) -> dict[tuple[int, int], Between]:
    """The pairings between these people and these children, by helper and child."""
    found = (
        select(Pairing.helper_id, NeedChild.child_id, Pairing.id, Pairing.state)
        .join(NeedChild, NeedChild.need_id == Pairing.need_id)
        .where(Pairing.helper_id.in_(helper_ids), NeedChild.child_id.in_(child_ids))
        .order_by(Pairing.id)
    )
    known: dict[tuple[int, int], Between] = {}
    for helper, child, number, state in db.session.execute(found):
        old = known.get((helper, child))
        if old is None or not old.living:
            known[helper, child] = Between(number, state in LIVING)
    return known


def seats_held(helper_ids: Collection[int]) -> dict[int, int]:
    """How many living pairings each of these helpers has."""
    found = select(Pairing.helper_id, func.count()).where(
        Pairing.helper_id.in_(helper_ids), Pairing.state.in_(LIVING)
    )
    return {row[0]: row[1] for row in db.session.execute(found.group_by(Pairing.helper_id))}


@dataclass(frozen=True)
class Standing:
    """A child's living need of one kind: whether brothers or sisters share it, and how many more
    people it takes."""

    shared: bool
    room: int


def needs_of(child_ids: Collection[int]) -> dict[tuple[int, HelpKind], Standing]:
    """The living needs of these children, by child and kind."""
    mine = select(NeedChild.need_id).where(NeedChild.child_id.in_(child_ids))
    held = (
        select(Pairing.need_id, func.count().label("held"))
        .where(Pairing.state.in_(LIVING), Pairing.need_id.in_(mine))
        .group_by(Pairing.need_id)
        .subquery()
    )
    found = (
        select(NeedChild.child_id, Need.id, Need.kind, Need.state, Need.demand, held.c.held)
        .join(Need, Need.id == NeedChild.need_id)
        .outerjoin(held, held.c.need_id == Need.id)
        .where(Need.id.in_(mine), Need.state.in_(NEED_LIVING))
    )
    rows = list(db.session.execute(found))
    kids: dict[int, int] = {}
    for row in rows:
        kids[row[1]] = kids.get(row[1], 0) + 1
    return {
        (child, kind): Standing(kids[need] > 1, _room(state, demand, taken or 0))
        for child, need, kind, state, demand, taken in rows
    }


def _room(state: NeedState, demand: int, taken: int) -> int:
    """A need that is met takes one place more for a pair from before, up to three (see
    needs.actions.bring_need); another has the places it asks for."""
    full = taken >= demand and state is not NeedState.met
    return 0 if full else MOST_DEMAND - taken
