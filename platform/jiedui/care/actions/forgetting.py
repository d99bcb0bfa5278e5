"""What the care for children holds in words is taken away with the identity of child and house."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from jiedui.care.models import DepartureTalk, EntrustedChild, Entrustment, EntrustmentScan, Visit
from jiedui.children.models import Child
from jiedui.core import db


def forget_child(child_id: int) -> None:
    """Names on the agreements that are for no child on file by name any more, and their scans,
    go; days, states and how it was found stay. A step of clearing a file, which is on record."""
    mine = select(EntrustedChild.entrustment_id).where(EntrustedChild.child_id == child_id)
    named = (
        select(EntrustedChild.entrustment_id)
        .join(Child, Child.id == EntrustedChild.child_id)
        .where(EntrustedChild.entrustment_id.in_(mine), Child.deidentified_at.is_(None))
    )
    rows = select(Entrustment.id).where(Entrustment.id.in_(mine), Entrustment.id.not_in(named))
    ids = list(db.session.scalars(rows))
    db.session.execute(delete(EntrustmentScan).where(EntrustmentScan.entrustment_id.in_(ids)))
    these = update(Entrustment).where(Entrustment.id.in_(ids))
    db.session.execute(
        these.values(emergency_name=None, emergency_phone=None, told_school=None, told_village=None)
    )
    # A signed agreement says who holds it (a constraint): what is left says it to nobody.
    for name in (Entrustment.holder, Entrustment.witness):
        db.session.execute(these.where(name.is_not(None)).values({name: ""}))


def forget_house(home_id: int) -> None:
    """Words of visits and of talks before leaving go; days and outcomes stay. A step of clearing
    a file, which is on record."""
    db.session.execute(update(Visit).where(Visit.household_id == home_id).values(words=None))
    talks = update(DepartureTalk).where(DepartureTalk.household_id == home_id)
    db.session.execute(talks.values(note=None))
