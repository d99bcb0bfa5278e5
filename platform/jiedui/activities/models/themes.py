"""What makes an activity a themed event, and the register of approved material."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.rules import Office
from jiedui.activities.rules.events import (
    LOOK_OPEN,
    REACHED_MOST,
    Audience,
    EventForm,
    EventLook,
    Theme,
)
from jiedui.core import db


class TeachingMaterial(db.Base):
    """A book or set of lessons an office has approved for teaching about a theme; one that is
    withdrawn serves no event that is planned from then on."""

    __tablename__ = "teaching_material"
    __table_args__ = (
        Index("ix_teaching_material_county_id_theme", "county_id", "theme"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    theme: Mapped[Theme] = mapped_column(db.choice(Theme))
    title: Mapped[str] = mapped_column(String(80))
    publisher: Mapped[str] = mapped_column(String(80))
    office: Mapped[Office] = mapped_column(db.choice(Office))
    approved_on: Mapped[date]
    entered_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class ActivityTheme(db.Base):
    """The theme of an event and what it needs. `expected`: how many children of the `audience` a
    meeting is for, where they are counted; `insurance`: the number of the policy; `look`: what an
    office says of an event that a unit or school has planned."""

    __tablename__ = "activity_theme"
    __table_args__ = (
        Index("ix_activity_theme_county_id_theme", "county_id", "theme"),
        CheckConstraint("insurance IS NOT NULL OR NOT risky", name="insured"),
        # A whole school's guardians are not asked one by one: what is risky has seats.
        CheckConstraint("expected IS NULL OR NOT risky", name="risky_by_seats"),
        CheckConstraint("theme <> 'self_protection' OR material_id IS NOT NULL", name="material"),
        CheckConstraint("(expected IS NULL) = (audience IS NULL)", name="audience"),
        CheckConstraint(f"expected BETWEEN 1 AND {REACHED_MOST}", name="expected"),
        CheckConstraint("(look IN ('agreed', 'refused')) = (looked_by IS NOT NULL)", name="looked"),
        CheckConstraint("(looked_by IS NULL) = (looked_at IS NULL)", name="looked_at"),
        CheckConstraint("(look = 'refused') = (look_reason IS NOT NULL)", name="look_reason"),
    )

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activity.id"), primary_key=True, autoincrement=False
    )
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    theme: Mapped[Theme] = mapped_column(db.choice(Theme))
    form: Mapped[EventForm] = mapped_column(db.choice(EventForm))
    co_host: Mapped[str] = mapped_column(String(60), default="")
    audience: Mapped[Audience | None] = mapped_column(db.choice(Audience))
    expected: Mapped[int | None]
    risky: Mapped[bool] = mapped_column(default=False)
    insurance: Mapped[str | None] = mapped_column(String(60))
    material_id: Mapped[int | None] = mapped_column(ForeignKey("teaching_material.id"))
    office: Mapped[Office | None] = mapped_column(db.choice(Office))
    look: Mapped[EventLook] = mapped_column(db.choice(EventLook), default=EventLook.needless)
    looked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    looked_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    look_reason: Mapped[str | None] = mapped_column(String(200))

    material: Mapped[TeachingMaterial | None] = relationship()

    @property
    def open(self) -> bool:
        """Whether children may be signed up and lists told."""
        return self.look in LOOK_OPEN
