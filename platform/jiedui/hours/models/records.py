"""Issued records of service, and hours that lists have brought."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.hours.rules import Evidence, RecordState, Title


class ImportedHours(db.Base):
    """Hours from before the portal, as a list says them: in a column of their own, verified by
    nobody. The same row (`key`) counts once."""

    __tablename__ = "imported_hours"
    __table_args__ = (
        UniqueConstraint("helper_id", "key"),
        CheckConstraint("ends >= starts", name="dates"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    starts: Mapped[date]
    ends: Mapped[date]
    minutes: Mapped[int]
    what: Mapped[str] = mapped_column(db.Sealed("imported_hours.what"), default="")
    unit: Mapped[str] = mapped_column(String(80), default="")
    key: Mapped[str] = mapped_column(String(64))
    imported_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    imported_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class SigningKey(db.Base):
    """The public half of a key that has signed records: published for good, also when the key ring
    was turned since."""

    __tablename__ = "signing_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(16), unique=True)
    public: Mapped[str] = mapped_column(String(64), unique=True)
    since: Mapped[datetime] = mapped_column(db.UtcDateTime)


class Certificate(db.Base):
    """One issued record of service: its exact sums at that moment, and a number of 80 random
    bits by which anybody can check it."""

    __tablename__ = "certificate"
    __table_args__ = (CheckConstraint("ends >= starts", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"), index=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[Title] = mapped_column(db.choice(Title))
    issuer: Mapped[str] = mapped_column(String(80))
    starts: Mapped[date]
    ends: Mapped[date]
    # minutes and sessions by evidence, and the lines of the table, as issued
    sums: Mapped[Any] = mapped_column(JSON)
    issued_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    issued_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    # The record in whose place this one was issued.
    replaces: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), unique=True)
    # What was signed, to the byte; its signature; the key that checks it. None before 0028, and
    # when the helper's identity was cleared.
    document: Mapped[str | None] = mapped_column(db.Sealed("certificate.document"))
    signature: Mapped[str | None] = mapped_column(String(88))
    key_id: Mapped[int | None] = mapped_column(ForeignKey("signing_key.id"))

    helper: Mapped[Helper] = relationship()
    key: Mapped[SigningKey | None] = relationship()
    successor: Mapped[Certificate | None] = relationship(remote_side=[replaces], uselist=False)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the helper lives."""
        return self.helper.scope_path

    @property
    def account_id(self) -> int | None:
        """A record is its helper's own."""
        return self.helper.account_id

    def minutes(self, evidence: str) -> int:
        """Its minutes of one evidence. Records from before codes call the list's "verified"."""
        old = "verified" if evidence == Evidence.listed else evidence
        return int(self.sums.get(evidence, self.sums.get(old, 0)))

    @property
    def stands(self) -> RecordState:
        """Whether it is valid, revoked, or replaced by a later one."""
        if self.revoked_at is not None:
            return RecordState.revoked
        return RecordState.replaced if self.successor is not None else RecordState.valid
