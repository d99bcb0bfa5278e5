"""What of the ledger is in question: held entries, objections and when their answer is due."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.hours.models import Objection, ServiceSession
from jiedui.hours.queries.sessions import whole
from jiedui.hours.queries.weekly import visible_to
from jiedui.hours.rules import EntryState


def held_in(actor: Actor, most: int = 100) -> list[ServiceSession]:
    """Held entries of the actor's region, oldest first."""
    found = whole().where(ServiceSession.state == EntryState.held, visible_to(actor))
    return list(db.session.scalars(found.order_by(ServiceSession.start_at).limit(most)))


def _open() -> Select[Objection]:
    return select(Objection).where(Objection.answered_at.is_(None))


def objection_to(session_id: int) -> Objection | None:
    """The open objection to a dispute of this session."""
    return db.session.scalar(_open().where(Objection.session_id == session_id))


def objections_in(actor: Actor, most: int = 100) -> list[Objection]:
    """Objections of the actor's region that wait for an answer, the soonest due first."""
    found = (
        _open()
        .join(ServiceSession, ServiceSession.id == Objection.session_id)
        .where(visible_to(actor))
        .options(joinedload(Objection.session))
        .order_by(Objection.due, Objection.id)
    )
    return list(db.session.scalars(found.limit(most)))


def get_objection(objection_id: int) -> Objection:
    """The objection with this id; raise Missing."""
    found = db.session.get(Objection, objection_id)
    if found is None:
        raise Missing
    return found


def objected(helper_id: int) -> dict[int, Objection]:
    """A helper's last objection to each of their sessions."""
    found = (
        select(Objection)
        .join(ServiceSession, ServiceSession.id == Objection.session_id)
        .where(ServiceSession.helper_id == helper_id)
        .order_by(Objection.id)
    )
    return {one.session_id: one for one in db.session.scalars(found)}
