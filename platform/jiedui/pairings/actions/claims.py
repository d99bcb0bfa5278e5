"""Who stands in which open list: a need or a helper in at most one, held by a unique row."""

from __future__ import annotations

from sqlalchemy import delete, select

from jiedui.core import db
from jiedui.core.errors import Refusal
from jiedui.pairings.models import Round, RoundClaim
from jiedui.pairings.queries import facts, rounds
from jiedui.pairings.rules.rounds import RoundRefusal
from jiedui.regions.models import Region


def take(round_: Round) -> None:
    """Let a round hold what is open or registered in its region now and stands in no other open
    list; what its own pins name stays."""
    db.lock(Region, round_.county_id)  # two rounds of a county must not choose at once
    path = round_.region.path
    for kind, ids in (
        ("need", facts.open_need_ids(path)),
        ("helper", facts.registered_helper_ids(path)),
    ):
        known = select(RoundClaim.object_id).where(RoundClaim.kind == kind)
        taken = set(db.session.scalars(known))
        db.session.add_all(
            RoundClaim(round_id=round_.id, kind=kind, object_id=number)
            for number in ids
            if number not in taken
        )
    db.session.flush()


def add(round_: Round, kind: str, object_id: int, refusal: RoundRefusal) -> None:
    """Let a round hold one more; refuses what stands in another open list."""
    db.lock(Region, round_.county_id)
    holder = rounds.holder_of(kind, object_id)
    if holder is None:
        db.session.add(RoundClaim(round_id=round_.id, kind=kind, object_id=object_id))
        db.session.flush()
    elif holder.id != round_.id:
        raise Refusal(refusal, kind)


def release(round_: Round) -> None:
    """Let everything go that a round holds."""
    db.session.execute(delete(RoundClaim).where(RoundClaim.round_id == round_.id))
