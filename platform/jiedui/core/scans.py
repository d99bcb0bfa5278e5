"""A photo or scan of a paper as a row of a table: the same columns and the same care in every room
that keeps some. Never needed, sealed, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from jiedui.core import clock, db
from jiedui.core.actors import By
from jiedui.core.errors import Refusal
from jiedui.core.uploads import UploadFault, UploadKind, taken


class Scan:
    """The columns of a table of scans. A table says besides what the paper belongs to, and where
    that lies (`scope_path`)."""

    __tablename__: str

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[UploadKind] = mapped_column(db.choice(UploadKind))
    size: Mapped[int]
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    @declared_attr
    def content(cls) -> Mapped[bytes]:
        """The file, sealed by a key of its own table, read only when somebody opens it."""
        return mapped_column(db.SealedBytes(f"{cls.__tablename__}.content"), deferred=True)


S = TypeVar("S", bound=Scan)


def keep(table: type[S], content: bytes, *, by: By, **belongs: Any) -> S:
    """Keep what somebody sent as a row of this table; `belongs` are its county and its paper. A
    step of an act that is on record. Refuses what is no photo or PDF, and what is too large."""
    kept = taken(content)
    if isinstance(kept, UploadFault):
        raise Refusal(kept, "file")
    what: dict[str, Any] = {"kind": kept.kind, "size": len(kept.content), "content": kept.content}
    what |= {"at": clock.now(), "by_account": by.account_id, **belongs}
    scan = table(**what)
    db.session.add(scan)
    return scan
