"""Files beyond a reader's area: what they asked for, what is open, what is to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.access.models import RoleHolding
from jiedui.access.rules import Actor
from jiedui.children.models import Child
from jiedui.children.queries.ledger import id_index
from jiedui.children.rules import ChildState, file_number
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.core.resident_id import tidy
from jiedui.files.models import FileAccess
from jiedui.files.rules import MOST_DAYS, AccessState
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

SHOWN = 50
NOT_GIVEN = (AccessState.asked, AccessState.refused)


def access(access_id: int) -> FileAccess:
    """One of them, about a file that there is; raise Missing."""
    found = db.session.get(FileAccess, access_id)
    if found is None or found.child_id is None:
        raise Missing
    return found


def any_access(access_id: int) -> FileAccess:
    """One of them, for who asked; raise Missing."""
    found = db.session.get(FileAccess, access_id)
    if found is None:
        raise Missing
    return found


def meant(county_id: int, number: str) -> Child | None:
    """The open file of a county with this file number or identity number. A number that is
    nobody's takes the same way."""
    file = file_number(number)
    mine = Child.id == file if file is not None else Child.id_index == id_index(tidy(number))
    found = select(Child).where(Child.county_id == county_id, Child.state == ChildState.open, mine)
    child: Child | None = db.session.scalar(found)
    return child


def accesses_of(actor: Actor) -> Sequence[FileAccess]:
    """What somebody has asked for, newest first."""
    found = _whole().where(FileAccess.asked_by == actor.account_id)
    return db.session.scalars(found.order_by(FileAccess.id.desc()).limit(SHOWN)).all()


def opened_to(actor: Actor) -> list[FileAccess]:
    """What is open to somebody in the role they have chosen."""
    number = actor.holding.id if actor.holding is not None else None
    mine = FileAccess.asked_by == actor.account_id, FileAccess.holding_id == number
    return _unexpired(_whole().where(FileAccess.state == AccessState.open, *mine))


def opened_file(actor: Actor, child_id: int) -> FileAccess | None:
    """By which one a reader has this file open."""
    return next((one for one in opened_to(actor) if one.child_id == child_id), None)


def not_given(account_id: int) -> int:
    """How many somebody has asked for that are, to them, not decided: a no counts as none."""
    mine = FileAccess.asked_by == account_id, FileAccess.state.in_(NOT_GIVEN)
    return len(_unexpired(select(FileAccess).where(*mine)))


def accesses_to_decide(actor: Actor) -> list[FileAccess]:
    """What waits for who is in charge of an area, oldest first."""
    return _unexpired(_here(actor).where(FileAccess.state == AccessState.asked))


def accesses_running(actor: Actor) -> list[FileAccess]:
    """What is open of an area to others; where the role has ended, nothing is."""
    found = _unexpired(_here(actor).where(FileAccess.state == AccessState.open))
    return [one for one in found if one.holding.lives(clock.today())]


def living_of(child_id: int) -> Sequence[FileAccess]:
    """What is open of one file."""
    mine = FileAccess.child_id == child_id, FileAccess.state == AccessState.open
    return db.session.scalars(select(FileAccess).where(*mine)).all()


def _here(actor: Actor) -> Any:
    here = Child.village_id.in_(regions.ids_within(actor.scope))
    found = _whole().join(FileAccess.child).where(here, Child.state == ChildState.open)
    return found.order_by(FileAccess.id)


def _whole() -> Any:
    child = joinedload(FileAccess.child).joinedload(Child.village).joinedload(Region.parent)
    return select(FileAccess).options(
        child, joinedload(FileAccess.holding).joinedload(RoleHolding.region)
    )


def _unexpired(found: Any) -> list[FileAccess]:
    today: date = clock.today()
    recent = found.where(FileAccess.asked_on >= today - timedelta(days=MOST_DAYS))
    return [one for one in db.session.scalars(recent) if one.until >= today]
