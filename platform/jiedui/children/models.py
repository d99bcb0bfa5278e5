"""Tables of the ledger: households, children, guardians, consents, views."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.rules import (
    Answer,
    AskedHow,
    Category,
    ChildState,
    CloseReason,
    Means,
    Purpose,
    Relation,
    RiskLevel,
    SchoolStage,
)
from jiedui.core import db
from jiedui.core.resident_id import Sex
from jiedui.partners.models import Place
from jiedui.regions.models import Region


class Household(db.Base):
    """Children who live together; siblings share one visit and one set of guardians."""

    __tablename__ = "household"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    address: Mapped[str] = mapped_column(db.Sealed("household.address"), default="")

    village: Mapped[Region] = relationship(foreign_keys=[village_id])
    children: Mapped[list[Child]] = relationship(
        back_populates="household", order_by="Child.birth_date"
    )
    guardians: Mapped[list[Guardian]] = relationship(
        back_populates="household", order_by="Guardian.id"
    )

    @property
    def scope_path(self) -> str:
        """Where the household lives."""
        return self.village.path

    @property
    def unit_id(self) -> int | None:
        """The unit of a child's school."""
        return next((c.unit_id for c in self.children if c.unit_id), None)


class Child(db.Base):
    """One child, one file. Identity lies sealed; the ID number is found by blind index."""

    __tablename__ = "child"
    __table_args__ = (
        UniqueConstraint("county_id", "id_index"),
        Index("ix_child_village_id_state", "village_id", "state"),
        CheckConstraint("(state = 'closed') = (close_reason IS NOT NULL)", name="close_reason"),
        CheckConstraint(
            "checked_by IS NULL OR entered_by IS NULL OR checked_by <> entered_by",
            name="two_persons",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    name: Mapped[str] = mapped_column(db.Sealed("child.name"))
    id_number: Mapped[str | None] = mapped_column(db.Sealed("child.id_number"))
    id_index: Mapped[str | None] = mapped_column(String(64))
    birth_date: Mapped[date]
    sex: Mapped[Sex] = mapped_column(db.choice(Sex))
    school_stage: Mapped[SchoolStage] = mapped_column(db.choice(SchoolStage))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    boarding: Mapped[bool] = mapped_column(default=False)
    risk: Mapped[RiskLevel] = mapped_column(db.choice(RiskLevel), default=RiskLevel.green)
    state: Mapped[ChildState] = mapped_column(db.choice(ChildState), default=ChildState.open)
    close_reason: Mapped[CloseReason | None] = mapped_column(db.choice(CloseReason))
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    village: Mapped[Region] = relationship(foreign_keys=[village_id])
    household: Mapped[Household] = relationship(back_populates="children")
    school: Mapped[Place | None] = relationship()
    categories: Mapped[list[ChildCategory]] = relationship(
        back_populates="child", order_by="ChildCategory.id"
    )
    consents: Mapped[list[Consent]] = relationship(back_populates="child", order_by="Consent.id")
    views: Mapped[list[ChildView]] = relationship(back_populates="child", order_by="ChildView.id")
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How the file is spoken of: without birth date or village."""
        return f"C-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.village.path

    @property
    def living_categories(self) -> frozenset[Category]:
        """The categories the child is in now."""
        return frozenset(c.category for c in self.categories if c.ends is None)

    @property
    def guardians(self) -> list[Guardian]:
        """Those of the household who decide."""
        return [g for g in self.household.guardians if g.is_guardian]

    @property
    def unit_id(self) -> int | None:
        """The unit of the child's school."""
        return self.school.unit_id if self.school else None


class ChildCategory(db.Base):
    """A category a child is in, from one day to another."""

    __tablename__ = "child_category"
    __table_args__ = (CheckConstraint("ends IS NULL OR ends >= starts", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    category: Mapped[Category] = mapped_column(db.choice(Category))
    starts: Mapped[date]
    ends: Mapped[date | None]

    child: Mapped[Child] = relationship(back_populates="categories")


class Guardian(db.Base):
    """A guardian or carer of a household: who decides, who looks after the children day by day."""

    __tablename__ = "guardian"
    __table_args__ = (CheckConstraint("is_guardian OR is_carer", name="some_part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    name: Mapped[str] = mapped_column(db.Sealed("guardian.name"))
    phone: Mapped[str | None] = mapped_column(db.Sealed("guardian.phone"))
    id_tail: Mapped[str | None] = mapped_column(db.Sealed("guardian.id_tail"))
    relation: Mapped[Relation] = mapped_column(db.choice(Relation))
    is_guardian: Mapped[bool]
    is_carer: Mapped[bool]
    away: Mapped[bool] = mapped_column(default=False)
    work_place: Mapped[str | None] = mapped_column(db.Sealed("guardian.work_place"))
    version: Mapped[int] = mapped_column()

    household: Mapped[Household] = relationship(back_populates="guardians")
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the household lives."""
        return self.household.village.path


class Consent(db.Base):
    """One answer of a guardian, for one purpose: how it was given and which text was read.

    For a pairing, `about_id` is the pairing's id (an upper room: number only)."""

    __tablename__ = "consent"
    __table_args__ = (
        Index("ix_consent_about", "purpose", "about_id"),
        CheckConstraint("(purpose = 'pairing') = (about_id IS NOT NULL)", name="about"),
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


class ConsentLink(db.Base):
    """A link a guardian opens without an account; only its fingerprint is kept."""

    __tablename__ = "consent_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"))
    purpose: Mapped[Purpose] = mapped_column(db.choice(Purpose))
    about_id: Mapped[int | None]
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    code_fingerprint: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

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
        CheckConstraint("(purpose = 'pairing') = (about_id IS NOT NULL)", name="about"),
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
