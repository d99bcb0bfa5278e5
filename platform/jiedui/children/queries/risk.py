"""Since when a risk level holds, how it has moved, and when a child was last seen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from jiedui.children.models import Child, RiskMove
from jiedui.core import clock, db


def level_set_on(child: Child) -> date:
    """The day since which a child's level holds: when it was last moved, else the file's first."""
    found = select(func.max(RiskMove.at)).where(RiskMove.child_id == child.id)
    at: datetime | None = db.session.scalar(found)
    return clock.local(at or child.entered_at).date()


def last_moves(children: Select[Any]) -> dict[int, date]:
    """Of children (a selection of their ids) whose level was ever moved: the day of the last
    move."""
    found = select(RiskMove.child_id, func.max(RiskMove.at)).group_by(RiskMove.child_id)
    rows = db.session.execute(found.where(RiskMove.child_id.in_(children)))
    return {child: clock.local(at).date() for child, at in rows}


def moves(child_id: int) -> list[RiskMove]:
    """How a child's level has moved, oldest first."""
    found = select(RiskMove).where(RiskMove.child_id == child_id)
    return list(db.session.scalars(found.order_by(RiskMove.id)))


def seen_on(child_id: int) -> date | None:
    """The last day on which a visit saw the child."""
    # Visits are an upper room; only who was seen when is read here, by their tables.
    tables = db.Base.metadata.tables
    visit, seen = tables["visit"], tables["visit_child"]
    found = (
        select(func.max(visit.c.on_day))
        .join(seen, seen.c.visit_id == visit.c.id)
        .where(seen.c.child_id == child_id, seen.c.seen.is_(True), visit.c.superseded.is_(False))
    )
    return db.session.scalar(found)
