"""What a pairing takes up: a seat of its helper, a place of its need, a stranger for a child."""

from __future__ import annotations

from sqlalchemy import select

from jiedui.core import db
from jiedui.helpers.models import Helper, HelperSeat
from jiedui.needs.models import Need, NeedChild
from jiedui.needs.rules import TEAM_MOST
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import LIVING


def free_seat(helper: Helper) -> int | None:
    """The first of the helper's seats that no living pairing holds; none beyond the capacity,
    whatever numbers the seats have."""
    held = select(Pairing.seat).where(Pairing.helper_id == helper.id, Pairing.state.in_(LIVING))
    taken = set(db.session.scalars(held))
    if len(taken) >= helper.capacity:
        return None
    seats = select(HelperSeat.seat).where(HelperSeat.helper_id == helper.id)
    free = sorted(set(db.session.scalars(seats)) - taken)
    return free[0] if free else None


def free_place(need: Need) -> int | None:
    """The first place of the need that no living pairing holds; none beyond what it asks for,
    whatever numbers the places have (a team keeps its numbers when somebody leaves)."""
    taken = set(
        db.session.scalars(
            select(Pairing.need_seat).where(Pairing.need_id == need.id, Pairing.state.in_(LIVING))
        )
    )
    if len(taken) >= need.demand:
        return None
    return next((n for n in range(1, TEAM_MOST + 1) if n not in taken), None)


def helpers_of_children(need: Need, *, besides: int) -> int:
    """How many different helpers the most helped child of this need would have with one more; a
    team that meets this need counts as one, for an office decides on each of it."""
    most = 0
    for child in need.children:
        theirs = select(NeedChild.need_id).where(NeedChild.child_id == child.id)
        known = (
            select(Pairing.helper_id)
            .distinct()
            .where(Pairing.need_id.in_(theirs), Pairing.state.in_(LIVING))
        )
        if need.team:
            known = known.where(Pairing.need_id != need.id)
        most = max(most, len({besides, *db.session.scalars(known)}))
    return most
