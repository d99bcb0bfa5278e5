"""A form is taken once: a second click gets the answer of the first.

Each form carries a random key. It belongs to whoever sent it and to the route; it is used up by
success only, in the same transaction, so a refused or crashed attempt can be sent again.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from flask import Response, redirect, request
from markupsafe import Markup
from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jiedui.core import clock, crypto, db

FIELD = "once"


class UsedKey(db.Base):
    """A form that was taken, and where its answer was."""

    __tablename__ = "used_key"
    __table_args__ = (UniqueConstraint("owner", "route", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(80))
    route: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(64))
    location: Mapped[str | None] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime, index=True)


def once_field() -> Markup:
    """The hidden field every form carries."""
    key = request.form.get(FIELD) or secrets.token_urlsafe(18)
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, key)


def claim(owner: str) -> UsedKey | Response | None:
    """Claim the form's key in the open write: the claim, the first answer, or None without key."""
    key = request.form.get(FIELD, "")
    if not key or request.endpoint is None:
        return None
    found = db.session.query(UsedKey).filter_by(
        owner=owner, route=request.endpoint, key=crypto.fingerprint(key)
    )
    used = found.one_or_none()
    if used is not None:
        return redirect(used.location or request.path, 303)  # type: ignore[return-value]
    used = UsedKey(owner=owner, route=request.endpoint, key=crypto.fingerprint(key), at=clock.now())
    db.session.add(used)
    db.session.flush()  # a second click waits here, and then finds the first one's answer
    return used


def use_up(owner: str, route: str, key: str) -> bool:
    """Claim a key (by its fingerprint) for what was sent and is only now written; False when it
    was taken already."""
    found = db.session.query(UsedKey).filter_by(owner=owner, route=route, key=key)
    if found.one_or_none() is not None:
        return False
    db.session.add(UsedKey(owner=owner, route=route, key=key, at=clock.now()))
    db.session.flush()
    return True
