"""School safety: inspections with their marks, findings with their steps, patrols, equipment, and
what a county does not look at."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.rules import Office
from jiedui.activities.rules.safety import (
    FindingState,
    Gear,
    Item,
    Mark,
    PatrolKind,
    PatrolRemark,
    Rung,
)
from jiedui.core import db
from jiedui.core.scans import Scan
from jiedui.partners.models import Unit


class SafetyInspection(db.Base):
    """Somebody walked through a school on a day: an office (`office`), or the school itself."""

    __tablename__ = "safety_inspection"
    __table_args__ = (Index("ix_safety_inspection_unit_id_on_day", "unit_id", "on_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    office: Mapped[Office | None] = mapped_column(db.choice(Office))
    on_day: Mapped[date]
    by_account: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    unit: Mapped[Unit] = relationship()
    marks: Mapped[list[SafetyMark]] = relationship()
    findings: Mapped[list[SafetyFinding]] = relationship(
        back_populates="inspection", order_by="SafetyFinding.id"
    )

    @property
    def scope_path(self) -> str:
        """Where the school lies."""
        return self.unit.scope_path


class SafetyMark(db.Base):
    """What was seen at one item of an inspection; items that were not looked at have none."""

    __tablename__ = "safety_mark"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("safety_inspection.id"), primary_key=True)
    item: Mapped[Item] = mapped_column(db.choice(Item), primary_key=True)
    mark: Mapped[Mark] = mapped_column(db.choice(Mark))


class SafetyFinding(db.Base):
    """A fault with the day until which it is put right. The school says what it did; somebody else
    looks again, and closes or reopens it."""

    __tablename__ = "safety_finding"
    __table_args__ = (
        UniqueConstraint("inspection_id", "item"),
        Index("ix_safety_finding_county_id_state_due", "county_id", "state", "due"),
        CheckConstraint("mark <> 'fine'", name="fault"),
        CheckConstraint("(state = 'open') = (fixed_by IS NULL)", name="fixed"),
        CheckConstraint(
            "(fixed_by IS NULL) = (fixed_on IS NULL) AND (fixed_by IS NULL) = (fix IS NULL)",
            name="fix",
        ),
        CheckConstraint("(state = 'closed') = (checked_by IS NOT NULL)", name="checked"),
        CheckConstraint("(checked_by IS NULL) = (checked_at IS NULL)", name="checked_at"),
        CheckConstraint("checked_by <> fixed_by", name="second_person"),
        CheckConstraint("times_back >= 0", name="times_back"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("safety_inspection.id"))
    item: Mapped[Item] = mapped_column(db.choice(Item))
    mark: Mapped[Mark] = mapped_column(db.choice(Mark))
    words: Mapped[str] = mapped_column(String(200))
    state: Mapped[FindingState] = mapped_column(db.choice(FindingState), default=FindingState.open)
    due: Mapped[date]
    rung: Mapped[Rung] = mapped_column(db.choice(Rung), default=Rung.nobody)
    fix: Mapped[str | None] = mapped_column(String(200))
    fixed_on: Mapped[date | None]
    fixed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    times_back: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    unit: Mapped[Unit] = relationship()
    inspection: Mapped[SafetyInspection] = relationship(back_populates="findings")
    steps: Mapped[list[SafetyStep]] = relationship(order_by="SafetyStep.id")
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How it is spoken of."""
        return f"K-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """Where the school lies."""
        return self.unit.scope_path


class SafetyStep(db.Base):
    """How a finding went on: to which state, by whom, with which words."""

    __tablename__ = "safety_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("safety_finding.id"), index=True)
    state: Mapped[FindingState] = mapped_column(db.choice(FindingState))
    words: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int] = mapped_column(ForeignKey("account.id"))


class SafetyPhoto(Scan, db.Base):
    """A picture of what was put right, on which no child is to be seen: whoever brought it said
    so. Never needed."""

    __tablename__ = "safety_photo"
    __table_args__ = (CheckConstraint("without_children", name="without_children"),)

    finding_id: Mapped[int] = mapped_column(ForeignKey("safety_finding.id"), index=True)
    without_children: Mapped[bool]

    finding: Mapped[SafetyFinding] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the school lies."""
        return self.finding.scope_path

    @property
    def unit_id(self) -> int:
        """Whose school it is."""
        return self.finding.unit_id


class SafetyPatrol(db.Base):
    """Somebody of a school walked round."""

    __tablename__ = "safety_patrol"
    __table_args__ = (Index("ix_safety_patrol_unit_id_began_at", "unit_id", "began_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[PatrolKind] = mapped_column(db.choice(PatrolKind))
    remark: Mapped[PatrolRemark] = mapped_column(db.choice(PatrolRemark))
    began_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int] = mapped_column(ForeignKey("account.id"))


class SafetyGear(db.Base):
    """Equipment of a school: how many of a kind, and until when the last check holds."""

    __tablename__ = "safety_gear"
    __table_args__ = (
        UniqueConstraint("unit_id", "kind"),
        CheckConstraint("quantity BETWEEN 0 AND 9999", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[Gear] = mapped_column(db.choice(Gear))
    quantity: Mapped[int]
    checked_until: Mapped[date]
    set_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime] = mapped_column(db.UtcDateTime)


class SafetyItemOff(db.Base):
    """An item that a county does not look at."""

    __tablename__ = "safety_item_off"

    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)
    item: Mapped[Item] = mapped_column(db.choice(Item), primary_key=True)
