"""What is said in words of a wish is taken away with the child's identity."""

from __future__ import annotations

from sqlalchemy import select, update

from jiedui.children.models import Child
from jiedui.core import db
from jiedui.needs.models import Need, NeedChild


def forget_child(child_id: int) -> list[int]:
    """Notes of the wishes that no child on file by name shares go; returns those wishes' ids. A
    step of clearing a file, which is on record."""
    mine = select(NeedChild.need_id).where(NeedChild.child_id == child_id)
    named = (
        select(NeedChild.need_id)
        .join(Child, Child.id == NeedChild.child_id)
        .where(NeedChild.need_id.in_(mine), Child.deidentified_at.is_(None))
    )
    rows = select(Need.id).where(Need.id.in_(mine), Need.id.not_in(named))
    ids = list(db.session.scalars(rows.order_by(Need.id)))
    db.session.execute(update(Need).where(Need.id.in_(ids)).values(notes=None))
    return ids
