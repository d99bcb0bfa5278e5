"""What guardians have asked about a child's data."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models import Child, Guardian
from jiedui.core import db
from jiedui.files.rules import Asked, Ground, How, Outcome


class DataRequest(db.Base):
    """One request of a guardian, and the written answer. It is answered once; what is granted
    only in part, or not, has its ground."""

    __tablename__ = "data_request"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint("(outcome IS NULL) = (answer IS NULL)", name="in_writing"),
        CheckConstraint(
            "(ground IS NOT NULL) = (outcome IS NOT NULL AND outcome <> 'granted')", name="grounds"
        ),
        CheckConstraint("due_on > received_on", name="clock"),
        CheckConstraint(
            "(clear_on IS NOT NULL) = (asked = 'delete' AND outcome IS NOT NULL"
            " AND outcome = 'granted')",
            name="clearing",
        ),
        Index(
            "ix_data_request_open",
            "county_id",
            "due_on",
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"))
    asked: Mapped[Asked] = mapped_column(db.choice(Asked))
    how: Mapped[How] = mapped_column(db.choice(How))
    words: Mapped[str] = mapped_column(db.Sealed("data_request.words"))
    received_on: Mapped[date]
    due_on: Mapped[date]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[Outcome | None] = mapped_column(db.choice(Outcome))
    ground: Mapped[Ground | None] = mapped_column(db.choice(Ground))
    answer: Mapped[str | None] = mapped_column(db.Sealed("data_request.answer"))
    answered_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # The day on which the file's identity is cleared, of a deletion that was granted.
    clear_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    child: Mapped[Child] = relationship()
    guardian: Mapped[Guardian] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path

    @property
    def code(self) -> str:
        """How the request is spoken of."""
        return f"Q-{self.id:04d}"
