"""Tables of what is said: guardians' consents, the links they answer by, and children's views."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models.ledger import Child, Guardian
from jiedui.children.rules import Answer, AskedHow, Means, Purpose
from jiedui.core import db
from jiedui.core.links import SpokenLink


class Consent(db.Base):
    """One answer of a guardian, for one purpose: how it was given and which text was read.

    For a pairing or an activity, `about_id` is its id (an upper room: number only)."""

    __tablename__ = "consent"
    __table_args__ = (
        Index("ix_consent_about", "purpose", "about_id"),
        CheckConstraint("(purpose = 'matching') = (about_id IS NULL)", name="about"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_means IS NULL)", name="withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"))
    purpose: Mapped[Purpose] = mapped_column(db.choice(Purpose))
    about_id: Mapped[int | None]
    means: Mapped[Means] = mapped_column(db.choice(Means))
    answer: Mapped[Answer] = mapped_column(db.choice(Answer))
    text_version: Mapped[str] = mapped_column(String(20))
    # Paper: who holds it and where. Telephone: number, time, second person. Link: nothing.
    evidence: Mapped[Any] = mapped_column(db.SealedJson("consent.evidence"))
    given_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    withdrawn_means: Mapped[Means | None] = mapped_column(db.choice(Means, "withdrawn_means"))

    child: Mapped[Child] = relationship(back_populates="consents")
    guardian: Mapped[Guardian] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path


class ConsentLink(SpokenLink, db.Base):
    """A link a guardian opens without an account; only its fingerprint is kept."""

    __tablename__ = "consent_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"))
    purpose: Mapped[Purpose] = mapped_column(db.choice(Purpose))
    about_id: Mapped[int | None]

    child: Mapped[Child] = relationship()
    guardian: Mapped[Guardian] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path


class ChildView(db.Base):
    """What a child said when asked alone, or by a worker of the same sex. No needs no reason."""

    __tablename__ = "child_view"
    __table_args__ = (
        Index("ix_child_view_about", "purpose", "about_id"),
        CheckConstraint("(purpose = 'matching') = (about_id IS NULL)", name="about"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(db.choice(Purpose))
    about_id: Mapped[int | None]
    answer: Mapped[Answer] = mapped_column(db.choice(Answer))
    how: Mapped[AskedHow] = mapped_column(db.choice(AskedHow))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    child: Mapped[Child] = relationship(back_populates="views")
