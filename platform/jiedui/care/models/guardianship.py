"""Tables of who has the guardianship of a child, how that came about, and of the talks with
parents before they leave."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.care.rules.guardianship import Ground, GuardState, Option, TalkHow
from jiedui.children.models import Child, Guardian, Household
from jiedui.core import db


class Guardianship(db.Base):
    """Who has the guardianship of a child now; a child without a row has not been looked at."""

    __tablename__ = "guardianship"
    __table_args__ = (
        CheckConstraint("state <> 'not looked at'", name="looked_at"),
        Index("ix_guardianship_county_id_state", "county_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), unique=True)
    state: Mapped[GuardState] = mapped_column(db.choice(GuardState))
    ground: Mapped[Ground] = mapped_column(db.choice(Ground))
    since: Mapped[date]
    version: Mapped[int] = mapped_column()

    child: Mapped[Child] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path


class GuardianshipMove(db.Base):
    """One change of a guardianship: never changed or taken away."""

    __tablename__ = "guardianship_move"
    __table_args__ = (CheckConstraint("old <> new", name="moves"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    old: Mapped[GuardState] = mapped_column(db.choice(GuardState, "old"))
    new: Mapped[GuardState] = mapped_column(db.choice(GuardState, "new"))
    ground: Mapped[Ground] = mapped_column(db.choice(Ground))
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class DepartureTalk(db.Base):
    """A talk with a parent before they leave, and who shall care for the children."""

    __tablename__ = "departure_talk"
    __table_args__ = (Index("ix_departure_talk_household_id_on", "household_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"))
    on: Mapped[date]
    how: Mapped[TalkHow] = mapped_column(db.choice(TalkHow))
    option: Mapped[Option] = mapped_column(db.choice(Option))
    leaves_on: Mapped[date | None]
    # Whether the parent expects to be home at the next Spring Festival; None is not known.
    home_for_festival: Mapped[bool | None]
    note: Mapped[str | None] = mapped_column(db.Sealed("departure_talk.note"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    household: Mapped[Household] = relationship()
    guardian: Mapped[Guardian] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the household lives."""
        return self.household.scope_path
