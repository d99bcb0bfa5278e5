"""Sessions on the server: the cookie is a random number, what it stands for is a row.

So signing out, a changed password and a disabled account end a session at once, and nothing can
be read from the cookie or forged with a guessed secret.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import ForeignKey, String, delete
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import CallbackDict

from jiedui.core import clock, crypto, db

ANONYMOUS_FOR = timedelta(hours=2)


class SessionRow(db.Base):
    """One browser's session, known by the fingerprint of its cookie."""

    __tablename__ = "web_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    data: Mapped[Any] = mapped_column(db.SealedJson("web_session.data"))
    created_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(db.UtcDateTime, index=True)


class WebSession(CallbackDict[str, Any], SessionMixin):
    """The session of a request, read from its row when first touched inside a transaction."""

    def __init__(self, token: str | None) -> None:
        def changed(_self: Any) -> None:
            self.modified = True

        super().__init__(on_update=changed)
        self.token, self.modified, self.accessed = token, False, True
        self.created_at = self.seen_at = clock.now()
        self.replaced: str | None = None
        self.former: int | None = None

    def load(self, idle: timedelta, absolute: timedelta) -> None:
        """Take what the row holds, unless it is too old."""
        row = _find(self.token)
        limit = idle if row is not None and row.account_id else ANONYMOUS_FOR
        now = clock.now()
        if row is None or now - row.seen_at > limit or now - row.created_at > absolute:
            self.replaced = self.token if row else None
            self.token, self.former = None, row.account_id if row else None
            return
        self.created_at, self.seen_at = row.created_at, row.seen_at
        dict.update(self, row.data)

    def renew(self, *, goes_on: bool = False) -> None:
        """Take a new number (at sign-in and sign-out), so that a planted one is worth nothing.
        `goes_on`: it is the same person's same day, and ends when it would have ended."""
        self.replaced = self.replaced or self.token
        self.token, self.modified = None, True
        if not goes_on:
            self.created_at = clock.now()

    @property
    def stale(self) -> bool:
        """Whether the time last seen should be written again (once a minute at most)."""
        return self.token is not None and clock.now() - self.seen_at > timedelta(minutes=1)

    def keep(self, account_id: int | None) -> None:
        """Write the row, in the open write or note."""
        self.drop_replaced()
        if self.token is None:
            self.token = crypto.new_token()
        row = _find(self.token)
        if row is None:
            row = SessionRow(fingerprint=crypto.fingerprint(self.token), created_at=self.created_at)
            db.session.add(row)
        row.account_id, row.data, row.seen_at = account_id, dict(self), clock.now()
        self.modified = False

    def drop_replaced(self) -> None:
        """Take the row away that this session had before, or that was found too old: a clock that
        is set back must not bring it to life. In the open write or note."""
        if self.replaced:
            old = SessionRow.fingerprint == crypto.fingerprint(self.replaced)
            db.session.execute(delete(SessionRow).where(old))
            self.replaced = None


def _find(token: str | None) -> SessionRow | None:
    if not token:
        return None
    row = db.session.query(SessionRow).filter_by(fingerprint=crypto.fingerprint(token))
    return row.one_or_none()


def end_for(account_id: int, *, but: str | None = None) -> None:
    """End an account's sessions, all or all but the one with this cookie."""
    gone = delete(SessionRow).where(SessionRow.account_id == account_id)
    if but:
        gone = gone.where(SessionRow.fingerprint != crypto.fingerprint(but))
    db.session.execute(gone)


class ServerSessions(SessionInterface):
    """Reads the cookie before the request and sets it after; the row is kept by the edge."""

    def open_session(self, app: Flask, request: Request) -> WebSession:
        return WebSession(request.cookies.get(self.get_cookie_name(app)))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing: a response is only made ready by set_cookie, once the row is kept."""

    def set_cookie(self, app: Flask, session: WebSession, response: Response) -> None:
        """Hand the browser its number."""
        response.set_cookie(
            self.get_cookie_name(app),
            session.token or "",
            httponly=True,
            secure=self.get_cookie_secure(app),
            samesite="Lax",
            path="/",
        )
