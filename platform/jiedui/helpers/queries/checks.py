"""Lists for the police: who is on them, and which wait for an answer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.helpers.models import BatchMember, Helper, RecordCheckBatch
from jiedui.helpers.rules import BatchState
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def _batches() -> Select[Any]:
    people = selectinload(RecordCheckBatch.members).joinedload(BatchMember.helper)
    return select(RecordCheckBatch).options(
        joinedload(RecordCheckBatch.county),
        people.joinedload(Helper.village).joinedload(Region.parent),
        people.joinedload(Helper.unit),
    )


def get_batch(batch_id: int) -> RecordCheckBatch:
    """The list with this id and everybody on it; raise Missing."""
    found = _batches().where(RecordCheckBatch.id == batch_id)
    batch: RecordCheckBatch | None = db.session.scalar(found)
    if batch is None:
        raise Missing
    return batch


def open_batches(actor: Actor) -> list[RecordCheckBatch]:
    """Lists the police have not answered yet, oldest first."""
    return _of(actor, BatchState.sent, 100)


def untold_batches(county_id: int) -> list[int]:
    """A county's lists without an answer of which nobody has been told."""
    found = select(RecordCheckBatch.id).where(
        RecordCheckBatch.county_id == county_id,
        RecordCheckBatch.state == BatchState.sent,
        RecordCheckBatch.told_on.is_(None),
    )
    return list(db.session.scalars(found.order_by(RecordCheckBatch.id)))


def replied_batches(actor: Actor) -> list[RecordCheckBatch]:
    """The latest answered lists, newest first."""
    return _of(actor, BatchState.replied, 20)[::-1]


def _inside(actor: Actor) -> ColumnElement[bool]:
    """The condition that nobody on a list lives outside the actor's region."""
    far = Helper.village_id.not_in(regions.ids_within(actor.scope))
    return RecordCheckBatch.id.not_in(select(BatchMember.batch_id).join(Helper).where(far))


def _of(actor: Actor, state: BatchState, most: int) -> list[RecordCheckBatch]:
    found = select(RecordCheckBatch).where(_inside(actor), RecordCheckBatch.state == state)
    found = found.options(selectinload(RecordCheckBatch.members))
    newest = found.order_by(RecordCheckBatch.id.desc()).limit(most)
    return list(db.session.scalars(newest))[::-1]


def waiting_on_list(helper_ids: set[int]) -> set[int]:
    """Who of these is on a list the police have not answered yet."""
    rows = select(BatchMember.helper_id).join(RecordCheckBatch)
    rows = rows.where(
        RecordCheckBatch.state == BatchState.sent, BatchMember.helper_id.in_(helper_ids)
    )
    return set(db.session.scalars(rows))


def authority_asked_last(county_id: int) -> str:
    """Whom the last list went to; most counties always ask the same."""
    found = select(RecordCheckBatch.authority).where(RecordCheckBatch.county_id == county_id)
    return db.session.scalar(found.order_by(RecordCheckBatch.id.desc()).limit(1)) or ""
