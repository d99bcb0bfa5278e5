"""Tables of visits: one record serves all children of a house, and is never taken away."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.care.rules.visits import CaredBy, Contact, Doing, Helped, HomeFound, Noticed, Said
from jiedui.children.models import Child, Household
from jiedui.children.rules import RiskLevel
from jiedui.core import db


class Visit(db.Base):
    """What somebody found at a house on one day. A later record may correct it, and then counts
    in its place."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_household_id_on_day", "household_id", "on_day"),
        CheckConstraint("(outcome = 'seen') = (doing IS NOT NULL)", name="said"),
        CheckConstraint("NOT failing OR report_id IS NOT NULL", name="reported"),
        CheckConstraint("corrects_id IS NULL OR corrects_id <> id", name="corrects"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    on_day: Mapped[date]
    kept_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[HomeFound] = mapped_column(db.choice(HomeFound))
    doing: Mapped[Doing | None] = mapped_column(db.choice(Doing))
    carer: Mapped[CaredBy | None] = mapped_column(db.choice(CaredBy))
    contact: Mapped[Contact | None] = mapped_column(db.choice(Contact))
    helped: Mapped[Helped | None] = mapped_column(db.choice(Helped))
    proposed: Mapped[RiskLevel | None] = mapped_column(db.choice(RiskLevel))
    words: Mapped[str | None] = mapped_column(db.Sealed("visit.words"))
    # Guardianship fails: the report that was opened with the visit.
    failing: Mapped[bool]
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))
    # A lower level was proposed and the township has not decided; then since when it has.
    asks_less: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), unique=True)
    superseded: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    household: Mapped[Household] = relationship()
    children: Mapped[list[VisitChild]] = relationship(
        back_populates="visit", order_by="VisitChild.child_id"
    )
    findings: Mapped[list[VisitFinding]] = relationship(order_by="VisitFinding.noticed")
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the household lives."""
        return self.household.scope_path

    @property
    def noticed(self) -> list[Noticed]:
        """What was noticed, most serious first."""
        mine = {one.noticed for one in self.findings}
        return [one for one in Noticed if one in mine]

    @property
    def said(self) -> Said:
        """What of it bears on a level."""
        mine = frozenset(self.noticed)
        return Said(self.outcome, self.doing, self.carer, self.contact, mine)


class VisitChild(db.Base):
    """A child of the house: whether it was seen, and whether what was found is about it."""

    __tablename__ = "visit_child"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), primary_key=True, index=True)
    seen: Mapped[bool]
    concerned: Mapped[bool]

    visit: Mapped[Visit] = relationship(back_populates="children")
    child: Mapped[Child] = relationship()


class VisitFinding(db.Base):
    """One thing a visit noticed."""

    __tablename__ = "visit_finding"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    noticed: Mapped[Noticed] = mapped_column(db.choice(Noticed), primary_key=True)
