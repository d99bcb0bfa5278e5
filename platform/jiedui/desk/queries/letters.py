"""Letters that somebody has not read yet."""

from __future__ import annotations

from sqlalchemy import select

from jiedui.access.rules import Actor
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.core.outbox import Letter


def unread_letters(actor: Actor, limit: int = 30) -> list[Letter]:
    """A person's unread letters, newest first."""
    found = select(Letter).where(Letter.to_account_id == actor.account_id, Letter.read_at.is_(None))
    return list(db.session.scalars(found.order_by(Letter.id.desc()).limit(limit)))


def letter(letter_id: int) -> Letter:
    """One letter; raise Missing."""
    found = db.session.get(Letter, letter_id)
    if found is None:
        raise Missing
    return found
