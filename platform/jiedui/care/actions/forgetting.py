"""What the care for children holds in words about a house is taken away with its identity."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from jiedui.care.models import DepartureTalk, Entrustment, EntrustmentScan, Visit
from jiedui.core import db


def forget_house(home_id: int) -> None:
    """Words of visits and talks, names on agreements and their scans go; days, outcomes and how
    children were cared for stay. A step of clearing a file, which is on record."""
    here = select(Entrustment.id).where(Entrustment.household_id == home_id)
    db.session.execute(delete(EntrustmentScan).where(EntrustmentScan.entrustment_id.in_(here)))
    db.session.execute(
        update(Entrustment)
        .where(Entrustment.household_id == home_id)
        .values(emergency_name=None, emergency_phone=None, told_school=None, told_village=None)
    )
    # A signed agreement says who holds it (a constraint): what is left says it to nobody.
    for name in (Entrustment.holder, Entrustment.witness):
        written = update(Entrustment).where(Entrustment.household_id == home_id, name.is_not(None))
        db.session.execute(written.values({name: ""}))
    db.session.execute(update(Visit).where(Visit.household_id == home_id).values(words=None))
    talks = update(DepartureTalk).where(DepartureTalk.household_id == home_id)
    db.session.execute(talks.values(note=None))
