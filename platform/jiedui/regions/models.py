"""Tables of divisions, hotlines and what a county has set."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.regions.rules import Level, Setting


class Region(db.Base):
    """A county, township or village. `county_id` is the county it lies in (a county's own id)."""

    __tablename__ = "region"
    __table_args__ = (
        UniqueConstraint("code"),
        Index("ix_region_path", "path"),
        CheckConstraint("(level = 'county') = (parent_id IS NULL)", name="parent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    code: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(60))
    pinyin: Mapped[str] = mapped_column(String(120))
    initials: Mapped[str] = mapped_column(String(20))
    level: Mapped[Level] = mapped_column(db.choice(Level))
    path: Mapped[str] = mapped_column(String(60))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    coordinate_source: Mapped[str] = mapped_column(String(120), default="")

    parent: Mapped[Region | None] = relationship(remote_side=[id], foreign_keys=[parent_id])

    @property
    def full_name(self) -> str:
        """A village with its township: names of villages are not unique in a county."""
        if self.level is Level.village and self.parent is not None:
            return f"{self.parent.name} {self.name}"
        return self.name

    @property
    def scope_path(self) -> str:
        """Where this lies, for the question whether it is in somebody's scope."""
        return self.path

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees (WGS-84), when known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


class Hotline(db.Base):
    """A number that every page of a county shows."""

    __tablename__ = "hotline"
    __table_args__ = (UniqueConstraint("county_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    number: Mapped[str] = mapped_column(String(20))
    name_zh: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]


class CountySetting(db.Base):
    """One thing a county has set for itself."""

    __tablename__ = "county_setting"
    __table_args__ = (UniqueConstraint("county_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    name: Mapped[Setting] = mapped_column(db.choice(Setting))
    value: Mapped[Any] = mapped_column(JSON)
