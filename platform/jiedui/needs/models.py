"""Tables of needs: one need may be of several children of one household."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models import Child, Household
from jiedui.core import db
from jiedui.core.resident_id import Sex
from jiedui.helpers.rules import CredentialKind, HelpKind, Language, Subject
from jiedui.needs.rules import (
    Frequency,
    Goal,
    NeedCloseReason,
    NeedState,
    Urgency,
    UrgencyReason,
    Where,
)
from jiedui.partners.models import Place


class Need(db.Base):
    """One need (for families: 孩子的心愿)."""

    __tablename__ = "need"
    __table_args__ = (
        Index("ix_need_county_id_state", "county_id", "state"),
        CheckConstraint(
            "(NOT team AND demand BETWEEN 1 AND 3) OR (team AND demand BETWEEN 2 AND 5)",
            name="demand",
        ),
        CheckConstraint("ends IS NULL OR ends >= starts", name="dates"),
        CheckConstraint("(state = 'closed') = (close_reason IS NOT NULL)", name="close_reason"),
        CheckConstraint("urgency = 'normal' OR urgency_reason IS NOT NULL", name="urgency_reason"),
        CheckConstraint("\"where\" <> 'place' OR place_id IS NOT NULL", name="place"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> raised_by", name="two_persons"),
        CheckConstraint(
            "confirmed_by IS NULL OR urgency_by IS NULL OR confirmed_by <> urgency_by",
            name="two_persons_urgency",
        ),
        CheckConstraint("(frequency = 'n_per_week') = (times IS NOT NULL)", name="times"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    kind: Mapped[HelpKind] = mapped_column(db.choice(HelpKind))
    where: Mapped[Where] = mapped_column(db.choice(Where))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    frequency: Mapped[Frequency] = mapped_column(db.choice(Frequency))
    times: Mapped[int | None]
    demand: Mapped[int] = mapped_column(default=1)
    # Several helpers come as a team that an office put together: one place each, by name.
    team: Mapped[bool] = mapped_column(default=False)
    starts: Mapped[date]
    ends: Mapped[date | None]
    wished_sex: Mapped[Sex | None] = mapped_column(db.choice(Sex))
    credential: Mapped[CredentialKind | None] = mapped_column(db.choice(CredentialKind))
    goal: Mapped[Goal | None] = mapped_column(db.choice(Goal))
    urgency: Mapped[Urgency] = mapped_column(db.choice(Urgency), default=Urgency.normal)
    urgency_reason: Mapped[UrgencyReason | None] = mapped_column(db.choice(UrgencyReason))
    # Who said that it is urgent: may not confirm it.
    urgency_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_on: Mapped[date | None]
    notes: Mapped[str | None] = mapped_column(db.Sealed("need.notes"))
    state: Mapped[NeedState] = mapped_column(db.choice(NeedState))
    close_reason: Mapped[NeedCloseReason | None] = mapped_column(db.choice(NeedCloseReason))
    raised_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    raised_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    open_since: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    # Set with every change, so that a change in slots alone is a new version too.
    changed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    household: Mapped[Household] = relationship()
    place: Mapped[Place | None] = relationship()
    children: Mapped[list[Child]] = relationship(
        secondary="need_child", order_by="Child.birth_date"
    )
    slots: Mapped[list[NeedSlot]] = relationship(
        cascade="all, delete-orphan", order_by="NeedSlot.slot"
    )
    subjects: Mapped[list[NeedSubject]] = relationship(cascade="all, delete-orphan")
    languages: Mapped[list[NeedLanguage]] = relationship(cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How a need is spoken of."""
        return f"N-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """Where the household lives."""
        return self.household.village.path


class NeedChild(db.Base):
    """One child of a need."""

    __tablename__ = "need_child"

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), primary_key=True, index=True)


class NeedSlot(db.Base):
    """One weekly slot in which the child has time."""

    __tablename__ = "need_slot"
    __table_args__ = (CheckConstraint("slot BETWEEN 0 AND 20", name="slot"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class NeedSubject(db.Base):
    """One subject."""

    __tablename__ = "need_subject"

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), primary_key=True)
    subject: Mapped[Subject] = mapped_column(db.choice(Subject), primary_key=True)


class NeedLanguage(db.Base):
    """One language the child can be talked to in; none named means any will do."""

    __tablename__ = "need_language"

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), primary_key=True)
    language: Mapped[Language] = mapped_column(db.choice(Language), primary_key=True)
