"""Who came along to a first meeting is taken away with the child's identity."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from jiedui.core import db
from jiedui.pairings.models import Pairing


def forget_wishes(need_ids: Iterable[int]) -> list[int]:
    """Of the pairings of these wishes days, states and reasons stay; returns their ids. A step of
    clearing a file, which is on record."""
    rows = select(Pairing.id).where(Pairing.need_id.in_(list(need_ids))).order_by(Pairing.id)
    ids = list(db.session.scalars(rows))
    db.session.execute(update(Pairing).where(Pairing.id.in_(ids)).values(accompanied_by=None))
    return ids
