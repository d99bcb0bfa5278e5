"""The record: who did what to what and when, chained by a keyed MAC, one chain a county.

An entry is made in the same transaction as the act; entries wait until the commit and are chained
there, so that the head row, which limits everybody, is locked last and shortest. A head row with
count and MAC makes a cut tail or an emptied table visible.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    event,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from jiedui.core import clock, crypto, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.details import DETAILS

PENDING = "audit"
START = "0" * 64
SIGNED = (
    "county_id", "seq", "at", "account_id", "acting_for", "via", "act", "object_kind",
    "object_id", "details",
)  # fmt: skip


class Recorded(Protocol):
    """Anything the record can speak of."""

    __tablename__: str
    id: Any
    county_id: Any


class AuditEntry(db.Base):
    """One line of the record. `details` holds names, codes and ids, never a person's values."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("county_id", "seq"),
        Index("ix_audit_entry_object", "object_kind", "object_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    acting_for: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    via: Mapped[str] = mapped_column(String(40))
    act: Mapped[str] = mapped_column(String(60))
    object_kind: Mapped[str] = mapped_column(String(60))
    object_id: Mapped[int]
    details: Mapped[str] = mapped_column(String(2000))
    mac: Mapped[str] = mapped_column(String(64))

    def sign(self, before: str) -> str:
        """The MAC this line must carry when it follows a line with MAC `before`."""
        return _sign({name: getattr(self, name) for name in SIGNED}, before)


def _sign(line: Mapping[str, Any], before: str) -> str:
    return crypto.record_mac(
        before.encode(),
        f"{line['county_id']}:{line['seq']}".encode(),
        line["at"].isoformat(timespec="microseconds").encode(),
        f"{line['account_id']}:{line['acting_for']}:{line['via']}".encode(),
        f"{line['act']}:{line['object_kind']}:{line['object_id']}".encode(),
        line["details"].encode(),
    )


class AuditHead(db.Base):
    """Where a county's chain ends: how many lines there are and the MAC of the last."""

    __tablename__ = "audit_head"

    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)
    count: Mapped[int]
    last: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))

    def sign(self) -> str:
        """The MAC of the head itself."""
        return crypto.record_mac(f"{self.county_id}:{self.count}:{self.last}".encode())


def record(act: Act, obj: Recorded, *, by: By, **details: Any) -> None:
    """Lay an act to somebody, in the open transaction. Raises ValueError when the details that
    this act must carry are missing."""
    lacking = DETAILS.get(act, frozenset()) - set(details)
    if lacking:
        raise ValueError(f"{act} must say {', '.join(sorted(lacking))}")
    if obj.id is None:
        db.session.flush()  # the record names the thing by its id
    line = {
        "county_id": obj.county_id,
        "at": clock.now(),
        "account_id": by.account_id,
        "acting_for": by.acting_for,
        "via": by.via,
        "act": act.value,
        "object_kind": obj.__tablename__,
        "object_id": obj.id,
        "details": json.dumps(details, ensure_ascii=False, sort_keys=True, default=str),
    }
    db.session.info.setdefault(PENDING, []).append(line)


@event.listens_for(Session, "before_commit")
def _chain(session: Session) -> None:
    pending: list[dict[str, Any]] = session.info.pop(PENDING, [])
    if not pending:
        return
    session.flush()
    for county_id in sorted({line["county_id"] for line in pending}):
        head = session.get(AuditHead, county_id, with_for_update=True, populate_existing=True)
        if head is None:
            head = AuditHead(county_id=county_id, count=0, last=START)
            session.add(head)
        lines = [line for line in pending if line["county_id"] == county_id]
        for line in lines:
            line["seq"] = head.count = head.count + 1
            line["mac"] = head.last = _sign(line, head.last)
        head.mac = head.sign()
        session.flush()
        session.execute(insert(AuditEntry.__table__), lines)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Fault:
    """A place where the record does not agree with its MACs."""

    county_id: int
    seq: int
    what: str


Kept = Mapping[int, str]  # how many lines there were: the MAC of the last of them


def heads() -> dict[int, tuple[int, str]]:
    """Where each county's chain ends now: how many lines, the MAC of the last. Written down outside
    the database, it shows later that nobody has gone back to an earlier record."""
    found = db.session.scalars(select(AuditHead).order_by(AuditHead.county_id))
    return {one.county_id: (one.count, one.last) for one in found}


def verify(county_id: int, kept: Kept | None = None) -> list[Fault]:
    """Walk a county's chain; name every change, deletion, reordering, and a cut tail. `kept`: ends
    of the chain as they were written down elsewhere, through which it must still lead."""
    return list(_faults(county_id, kept or {}))


def _faults(county_id: int, kept: Kept) -> Iterator[Fault]:
    before, expected = START, 1
    lines = select(AuditEntry).where(AuditEntry.county_id == county_id).order_by(AuditEntry.seq)
    for entry in db.session.scalars(lines.execution_options(yield_per=1000)):
        if entry.seq != expected:
            yield Fault(county_id, expected, "missing")
        if entry.mac != entry.sign(before):
            yield Fault(county_id, entry.seq, "changed")
        if kept.get(entry.seq, entry.mac) != entry.mac:
            yield Fault(county_id, entry.seq, "not as it was kept")
        before, expected = entry.mac, entry.seq + 1
    if max(kept, default=0) >= expected:
        yield Fault(county_id, expected, "shorter than it was kept")
    head = db.session.get(AuditHead, county_id)
    if head is None:
        if expected > 1:
            yield Fault(county_id, 0, "head missing")
        return
    if head.mac != head.sign():
        yield Fault(county_id, head.count, "head changed")
    if (head.count, head.last) != (expected - 1, before):
        yield Fault(county_id, head.count, "cut")
