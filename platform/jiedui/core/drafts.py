"""Forms that came from a phone and were refused: each lies sealed, for the account that typed it,
until it was put right, thrown away, or a month old.

To open one is to send it once more: the page answers with everything filled in and what is wrong
beside the fields, or takes it when nothing is wrong any more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import request
from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import ImmutableMultiDict

from jiedui.core import clock, crypto, db, once
from jiedui.core.errors import Missing
from jiedui.core.phone import Entry

FIELD = "draft"
KEPT_FOR = timedelta(days=30)


class Draft(db.Base):
    """One form that waits to be put right. `key` is its one-time key, by which it is known to
    have been taken."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("account_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    key: Mapped[str] = mapped_column(String(64))
    endpoint: Mapped[str] = mapped_column(String(80))
    path: Mapped[str] = mapped_column(String(200))
    typed: Mapped[Any] = mapped_column(db.SealedJson("draft.typed"))
    typed_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    kept_at: Mapped[datetime] = mapped_column(db.UtcDateTime, index=True)

    @property
    def name(self) -> str:
        """What the form calls its person, for the one who typed it."""
        return next((str(value) for name, value in self.typed if name == "name"), "")


def keep(account_id: int, entry: Entry) -> int:
    """Keep a refused entry, in the open note; the same form again replaces the first. Old ones
    go. Returns the draft's number."""
    db.session.execute(delete(Draft).where(Draft.kept_at < clock.now() - KEPT_FOR))
    key = crypto.fingerprint(dict(entry.pairs).get(once.FIELD, ""))
    found = select(Draft).where(Draft.account_id == account_id, Draft.key == key)
    draft = db.session.scalar(found) or Draft(account_id=account_id, key=key)
    draft.endpoint, draft.path = request.endpoint or "", entry.path
    draft.typed, draft.typed_at = [list(pair) for pair in entry.pairs], entry.typed_at
    draft.kept_at = clock.now()
    db.session.add(draft)
    db.session.flush()  # the phone is told the number
    return draft.id


def mine(account_id: int) -> list[Draft]:
    """Somebody's drafts, oldest first."""
    fresh = Draft.kept_at >= clock.now() - KEPT_FOR
    found = select(Draft).where(Draft.account_id == account_id, fresh).order_by(Draft.id)
    return list(db.session.scalars(found))


def get(draft_id: int) -> Draft:
    """One draft; raise Missing."""
    draft = db.session.get(Draft, draft_id)
    if draft is None:
        raise Missing
    return draft


def open_here(account_id: int | None) -> None:
    """Where a form only names a draft of this person on this page, go on as if the draft had
    been sent."""
    said = request.form.get(FIELD, "")
    if not said.isdecimal() or account_id is None:
        return
    found = select(Draft).where(Draft.id == int(said), Draft.account_id == account_id)
    draft = db.session.scalar(found.where(Draft.path == request.path))
    if draft is not None:
        own = [("csrf_token", request.form.get("csrf_token", ""))]
        pairs = [(str(name), str(value)) for name, value in draft.typed]
        request.form = ImmutableMultiDict([*pairs, *own])  # type: ignore[misc]


def taken(account_id: int | None) -> None:
    """A form was taken: its draft has done its work."""
    if account_id is not None:
        key = crypto.fingerprint(request.form.get(once.FIELD, ""))
        gone = delete(Draft).where(Draft.account_id == account_id, Draft.key == key)
        db.session.execute(gone)
