"""Tables of the ledger: households, children with all that is known of them, guardians."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.rules import (
    Basis,
    Category,
    ChildState,
    CloseReason,
    Disability,
    Income,
    Known,
    Relation,
    RiskLevel,
    SchoolStage,
    Unable,
)
from jiedui.core import db
from jiedui.core.resident_id import Sex
from jiedui.partners.models import Place
from jiedui.regions.models import Region

if TYPE_CHECKING:
    from jiedui.children.models.consents import ChildView, Consent
    from jiedui.children.models.papers import CategoryPaper


class Household(db.Base):
    """Children who live together; siblings share one visit and one set of guardians."""

    __tablename__ = "household"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    address: Mapped[str] = mapped_column(db.Sealed("household.address"), default="")
    income: Mapped[Income | None] = mapped_column(db.choice(Income))

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
        # Files that nobody has checked yet are counted on every list.
        Index(
            "ix_child_unchecked",
            "village_id",
            "state",
            sqlite_where=text("checked_by IS NULL"),
            postgresql_where=text("checked_by IS NULL"),
        ),
        CheckConstraint("(state = 'closed') = (close_reason IS NOT NULL)", name="close_reason"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at"),
        CheckConstraint("(name IS NULL) = (deidentified_at IS NOT NULL)", name="named"),
        CheckConstraint(
            "deidentified_at IS NULL OR"
            " (state = 'closed' AND id_number IS NULL AND id_index IS NULL AND school_id IS NULL)",
            name="deidentified",
        ),
        CheckConstraint(
            "checked_by IS NULL OR entered_by IS NULL OR checked_by <> entered_by",
            name="two_persons",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    # NULL, read as a dash, once the identity was cleared.
    name: Mapped[str] = mapped_column(db.Sealed("child.name", cleared=db.GONE), nullable=True)
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
    # How long the file is kept counts from here; deidentified_at says when identity was cleared.
    closed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    deidentified_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    village: Mapped[Region] = relationship(foreign_keys=[village_id])
    household: Mapped[Household] = relationship(back_populates="children")
    school: Mapped[Place | None] = relationship()
    detail: Mapped[ChildDetail] = relationship(back_populates="child")
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
    def said_categories(self) -> frozenset[Category]:
        """Of these, the ones that somebody has said and that do not follow from the facts."""
        return frozenset(
            c.category for c in self.categories if c.ends is None and c.basis is Basis.said
        )

    @property
    def guardians(self) -> list[Guardian]:
        """Those of the household who decide."""
        return [g for g in self.household.guardians if g.is_guardian]

    @property
    def unit_id(self) -> int | None:
        """The unit of the child's school."""
        return self.school.unit_id if self.school else None


class ChildDetail(db.Base):
    """What else is known of a child: health and registration; and by which definition it is left
    behind today, for lists and counts."""

    __tablename__ = "child_detail"
    __table_args__ = (
        CheckConstraint("(disability IS NULL) = (disability_grade IS NULL)", name="disability"),
        CheckConstraint("disability_grade BETWEEN 1 AND 4", name="grade"),
    )

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), primary_key=True)
    ethnicity: Mapped[str] = mapped_column(String(20), default="")
    # The household registration (户籍): None is not known.
    registered: Mapped[bool | None]
    registered_at: Mapped[str | None] = mapped_column(db.Sealed("child_detail.registered_at"))
    rural: Mapped[bool | None]
    disability: Mapped[Disability | None] = mapped_column(db.choice(Disability))
    disability_grade: Mapped[int | None]
    illness: Mapped[str | None] = mapped_column(db.Sealed("child_detail.illness"))
    plan: Mapped[Known] = mapped_column(db.choice(Known), default=Known.unknown)
    national: Mapped[Known] = mapped_column(db.choice(Known, "national"), default=Known.unknown)

    child: Mapped[Child] = relationship(back_populates="detail")


class FilePast(db.Base):
    """A file as it was from one moment until the next such row: every fact, sealed. Written with
    each change, and only reduced when the file's identity is cleared."""

    __tablename__ = "file_past"
    __table_args__ = (Index("ix_file_past_child_id_at", "child_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    facts: Mapped[Any] = mapped_column(db.SealedJson("file_past.facts"))

    child: Mapped[Child] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path


class ChildCategory(db.Base):
    """A category a child is in, from one day to another: said by somebody (then `evidence` says
    on what paper), or following from the facts."""

    __tablename__ = "child_category"
    __table_args__ = (CheckConstraint("ends IS NULL OR ends >= starts", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    category: Mapped[Category] = mapped_column(db.choice(Category))
    starts: Mapped[date]
    ends: Mapped[date | None]
    basis: Mapped[Basis] = mapped_column(db.choice(Basis), default=Basis.said)
    evidence: Mapped[str | None] = mapped_column(db.Sealed("child_category.evidence"))

    child: Mapped[Child] = relationship(back_populates="categories")
    papers: Mapped[list[CategoryPaper]] = relationship(
        back_populates="category", order_by="CategoryPaper.id"
    )

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path


class Guardian(db.Base):
    """A grown-up of a household: who decides, who looks after the children day by day, and a parent
    or grandparent who does neither. `unable` says why somebody cannot care for a child."""

    __tablename__ = "guardian"
    __table_args__ = (
        CheckConstraint(
            "is_guardian OR is_carer OR relation IN"
            " ('father', 'mother', 'grandfather', 'grandmother')",
            name="some_part",
        ),
        CheckConstraint("away_since IS NULL OR away", name="away"),
        CheckConstraint("unable_since IS NULL OR unable IS NOT NULL", name="unable"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    name: Mapped[str] = mapped_column(db.Sealed("guardian.name"))
    phone: Mapped[str | None] = mapped_column(db.Sealed("guardian.phone"))
    relation: Mapped[Relation] = mapped_column(db.choice(Relation))
    is_guardian: Mapped[bool]
    is_carer: Mapped[bool]
    away: Mapped[bool] = mapped_column(default=False)
    work_place: Mapped[str | None] = mapped_column(db.Sealed("guardian.work_place"))
    birth_date: Mapped[date | None]
    id_number: Mapped[str | None] = mapped_column(db.Sealed("guardian.id_number"))
    away_since: Mapped[date | None]
    beyond_county: Mapped[bool | None]
    unable: Mapped[Unable | None] = mapped_column(db.choice(Unable))
    unable_since: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    household: Mapped[Household] = relationship(back_populates="guardians")
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the household lives."""
        return self.household.village.path
