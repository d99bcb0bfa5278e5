"""Tables of the counselling desk: who works at it, referrals with their steps, crisis flags."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models import Child
from jiedui.children.rules import Means
from jiedui.core import db
from jiedui.counselling.models.confided import Confided
from jiedui.counselling.rules.crisis import FlagFrom
from jiedui.counselling.rules.referrals import Level, ReferralState, Source
from jiedui.helpers.models import Helper
from jiedui.partners.models import Unit
from jiedui.regions.models import Region

LIVING = text("ended_at IS NULL")
OPEN = text("state <> 'closed'")


class Counsellor(db.Base):
    """A volunteer or social worker whom civil affairs has named to the counselling desk."""

    __tablename__ = "counsellor"
    __table_args__ = (
        Index("uq_counsellor_living", "helper_id", unique=True, sqlite_where=LIVING,
              postgresql_where=LIVING),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    named_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    named_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    helper: Mapped[Helper] = relationship()
    county: Mapped[Region] = relationship()

    @property
    def scope_path(self) -> str:
        """The desk is the county's."""
        return self.county.path


class Referral(Confided, db.Base):
    """A child referred to the counselling desk. Why is for counsellors alone. `due` is the day by
    which the next step comes, `overdue_told_at` when the office's head was told that it has not."""

    __tablename__ = "referral"
    __table_args__ = (
        Index("uq_referral_one_open", "child_id", unique=True, sqlite_where=OPEN,
              postgresql_where=OPEN),
        Index("ix_referral_county_id_state", "county_id", "state"),
        CheckConstraint("crisis OR consent IS NOT NULL", name="consent"),
        CheckConstraint("(consent IS NULL) = (consented_on IS NULL)", name="consented_on"),
        CheckConstraint("(level = 'hospital') = (hospital_id IS NOT NULL)", name="hospital"),
        CheckConstraint("(state = 'closed') = (due IS NULL)", name="due"),
        CheckConstraint("(source = 'school') = (unit_id IS NOT NULL)", name="school"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    source: Mapped[Source] = mapped_column(db.choice(Source))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    words: Mapped[str] = mapped_column(db.Sealed("referral.words"))
    crisis: Mapped[bool] = mapped_column(default=False)
    consent: Mapped[Means | None] = mapped_column(db.choice(Means))
    consented_on: Mapped[date | None]
    level: Mapped[Level] = mapped_column(db.choice(Level))
    state: Mapped[ReferralState] = mapped_column(db.choice(ReferralState))
    due: Mapped[date | None]
    hospital_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    overdue_told_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    child: Mapped[Child] = relationship()
    school: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])
    hospital: Mapped[Unit | None] = relationship(foreign_keys=[hospital_id])
    steps: Mapped[list[ReferralStep]] = relationship(
        back_populates="referral", order_by="ReferralStep.id"
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How it is spoken of."""
        return f"Z-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path


class ReferralStep(db.Base):
    """One step of a referral: who did it when; what was said is for counsellors alone."""

    __tablename__ = "referral_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    level: Mapped[Level] = mapped_column(db.choice(Level))
    state: Mapped[ReferralState] = mapped_column(db.choice(ReferralState, "step"))
    hospital_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    words: Mapped[str | None] = mapped_column(db.Sealed("referral_step.words"))
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    referral: Mapped[Referral] = relationship(back_populates="steps")
    hospital: Mapped[Unit | None] = relationship()


class CrisisFlag(db.Base):
    """A child is in a crisis: the report it became. Who raised it stands in the report alone."""

    __tablename__ = "crisis_flag"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), unique=True)
    raised_from: Mapped[FlagFrom] = mapped_column(db.choice(FlagFrom))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    child: Mapped[Child] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path
