"""Who has the guardianship of a child, how that came about, what parents said before they left,
and whose children have nobody."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.care.models import DepartureTalk, Guardianship, GuardianshipMove
from jiedui.care.rules.guardianship import GuardState
from jiedui.children.models import Child
from jiedui.children.rules import ChildState
from jiedui.core import db
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def guardianship_of(child_id: int) -> Guardianship | None:
    """Who has the guardianship of a child now; None while nobody has looked at it."""
    found = select(Guardianship).where(Guardianship.child_id == child_id)
    return db.session.scalar(found)


def state_of(child_id: int) -> GuardState:
    """The state of a child's guardianship now."""
    found = guardianship_of(child_id)
    return found.state if found else GuardState.unknown


def states_among(ids: Collection[int]) -> dict[int, GuardState]:
    """The same of these children, as far as somebody has looked at it."""
    mine = Guardianship.child_id.in_(list(ids))
    rows = db.session.execute(select(Guardianship.child_id, Guardianship.state).where(mine))
    return {row[0]: row[1] for row in rows}


def moves_of(child_id: int) -> list[GuardianshipMove]:
    """The changes of a child's guardianship, newest first."""
    found = select(GuardianshipMove).where(GuardianshipMove.child_id == child_id)
    newest = found.order_by(GuardianshipMove.on.desc(), GuardianshipMove.id.desc())
    return list(db.session.scalars(newest))


def talks_of(household_id: int) -> list[DepartureTalk]:
    """The talks with parents of a household before they left, newest first."""
    found = select(DepartureTalk).where(DepartureTalk.household_id == household_id)
    newest = found.options(joinedload(DepartureTalk.guardian)).order_by(
        DepartureTalk.on.desc(), DepartureTalk.id.desc()
    )
    return list(db.session.scalars(newest))


def without_anybody(actor: Actor) -> list[Guardianship]:
    """Children of a scope for whom nobody able is there, longest first."""
    found = (
        select(Guardianship)
        .join(Child, Child.id == Guardianship.child_id)
        .where(
            Guardianship.state == GuardState.nobody,
            Child.state == ChildState.open,
            Child.village_id.in_(regions.ids_within(actor.scope)),
        )
        .options(joinedload(Guardianship.child).joinedload(Child.village).joinedload(Region.parent))
        .order_by(Guardianship.since, Guardianship.id)
    )
    return list(db.session.scalars(found))
