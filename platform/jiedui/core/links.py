"""A link that somebody far away answers without an account: an address that is shown once, and a
short code that is told by voice. Only fingerprints are kept; wrong codes are counted."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jiedui.core import clock, crypto, db
from jiedui.core.actors import By

HOURS, TRIES = 72, 5


class SpokenLink:
    """The columns of a table of such links."""

    __tablename__: str

    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    code_fingerprint: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    @property
    def fresh(self) -> bool:
        """Whether it can be answered: in its time, unused, not tried too often."""
        return clock.now() < self.expires_at and self.used_at is None and self.tries < TRIES

    @property
    def tries_left(self) -> int:
        """How many wrong codes it still bears."""
        return max(0, TRIES - self.tries)


def make(link: SpokenLink, *, by: By) -> tuple[str, str]:
    """Give a new link its token and its code, which are returned and kept nowhere. A step of an
    act that is on record."""
    token, code = crypto.new_token(), f"{secrets.randbelow(1_000_000):06d}"
    link.fingerprint = crypto.fingerprint(token)
    link.code_fingerprint = _code_index(link, token, code)
    link.expires_at = clock.now() + timedelta(hours=HOURS)
    link.tries, link.made_by = 0, by.account_id
    return token, code


def end(link: SpokenLink) -> None:
    """It works no more."""
    link.expires_at = min(link.expires_at, clock.now())


def opens(link: SpokenLink, token: str, code: str) -> bool:
    """Whether the code is the one that was told; then the link is used, else the try counts."""
    if _code_index(link, token, "".join(code.split())) == link.code_fingerprint:
        link.used_at = clock.now()
        return True
    link.tries += 1
    return False


def _code_index(link: SpokenLink, token: str, code: str) -> str:
    # Six digits are soon guessed from a plain fingerprint: this one needs the county's key.
    key = f"{link.__tablename__}.code"
    return crypto.blind_index(key, f"{crypto.fingerprint(token)}:{code}")


@contextmanager
def own_write() -> Iterator[None]:
    """A write of its own where only a look is open, so that a wrong try is kept whatever comes of
    the page; inside an act, that act."""
    if db.open_kind() in ("write", "note"):
        yield
    else:
        with db.write():
            yield
