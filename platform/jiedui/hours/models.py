"""Tables of sessions and of issued records of service."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.models import Account
from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.hours.rules import (
    STANDING,
    Book,
    DisputeReason,
    Evidence,
    SessionKind,
    Title,
)
from jiedui.pairings.models import Pairing

_STANDING = text("evidence IN ({})".format(", ".join(f"'{e.value}'" for e in STANDING)))


class ServiceSession(db.Base):
    """One session, append-only: a correction is a new row that names the one it replaces.

    That no two standing sessions of one helper overlap is held by the database (0002)."""

    __tablename__ = "service_session"
    __table_args__ = (
        CheckConstraint("end_at > start_at", name="length"),
        CheckConstraint("minutes BETWEEN 1 AND 480", name="minutes"),
        CheckConstraint("evidence <> 'verified' OR verified_by IS NOT NULL", name="verified"),
        CheckConstraint("evidence <> 'declared' OR verified_by IS NULL", name="declared"),
        CheckConstraint("evidence <> 'disputed' OR dispute_reason IS NOT NULL", name="disputed"),
        CheckConstraint("verified_by IS NULL OR verified_by <> logged_by", name="two_persons"),
        Index("ix_service_session_helper_id_start_at", "helper_id", "start_at"),
        Index("ix_service_session_pairing_id", "pairing_id"),
        Index(
            "uq_service_session_helper_start", "helper_id", "start_at",
            unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    kind: Mapped[SessionKind] = mapped_column(db.choice(SessionKind))
    book: Mapped[Book] = mapped_column(db.choice(Book))
    on: Mapped[date]
    start_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    minutes: Mapped[int]
    at_place: Mapped[str] = mapped_column(db.Sealed("service_session.at_place"), default="")
    note: Mapped[str] = mapped_column(db.Sealed("service_session.note"), default="")
    evidence: Mapped[Evidence] = mapped_column(db.choice(Evidence))
    logged_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    logged_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    verified_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    disputed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    dispute_reason: Mapped[DisputeReason | None] = mapped_column(db.choice(DisputeReason))
    replaces: Mapped[int | None] = mapped_column(ForeignKey("service_session.id"), unique=True)
    version: Mapped[int] = mapped_column()

    pairing: Mapped[Pairing] = relationship()
    helper: Mapped[Helper] = relationship(foreign_keys=[helper_id])
    logger: Mapped[Account] = relationship(foreign_keys=[logged_by])
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the child's household lives."""
        return self.pairing.scope_path

    @property
    def account_id(self) -> int | None:
        """A session is its helper's own."""
        return self.helper.account_id


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

    helper: Mapped[Helper] = relationship()
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
