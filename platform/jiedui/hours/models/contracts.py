"""Contracts of purchased services."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.donations.models import BudgetLine
from jiedui.partners.models import Unit
from jiedui.regions.models import Region


class ServiceContract(db.Base):
    """A county buys hours and cases of an agency for a term. What was delivered stands in no
    column: it is counted from the ledger."""

    __tablename__ = "service_contract"
    __table_args__ = (
        UniqueConstraint("county_id", "number"),
        CheckConstraint("ends >= starts", name="term"),
        CheckConstraint(
            "minutes >= 0 AND cases >= 0 AND (minutes > 0 OR cases > 0)", name="bought"
        ),
        CheckConstraint("price > 0", name="price"),
        CheckConstraint("(closed_on IS NULL) = (closed_by IS NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("budget_line.id"))
    number: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(60))
    starts: Mapped[date]
    ends: Mapped[date]
    minutes: Mapped[int]
    cases: Mapped[int]
    price: Mapped[int]
    signed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    closed_on: Mapped[date | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()

    county: Mapped[Region] = relationship()
    unit: Mapped[Unit] = relationship()
    line: Mapped[BudgetLine | None] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """It is the whole county's."""
        return self.county.path
