"""Tables of the quarterly review: one a township and quarter, one answer a file, later notes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.care.rules.quarters import Quarter
from jiedui.care.rules.reviews import Answered, ReviewState
from jiedui.children.models import Child
from jiedui.children.rules import CloseReason
from jiedui.core import db
from jiedui.regions.models import Region


class Review(db.Base):
    """A township looks at every file once a quarter. The sign-off stores the figures, counted from
    one instant to another, so that nothing that enters or leaves is counted twice or never."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("township_id", "year", "number"),
        UniqueConstraint("id", "state"),  # what an answer refers to
        CheckConstraint("number BETWEEN 1 AND 4", name="number"),
        CheckConstraint("(state = 'signed') = (signed_by IS NOT NULL)", name="signed_by"),
        CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name="signed_at"),
        CheckConstraint("(state = 'signed') = (figures IS NOT NULL)", name="figures"),
        CheckConstraint(
            "(state = 'signed') = (counted_from IS NOT NULL AND counted_until IS NOT NULL)",
            name="counted",
        ),
        CheckConstraint("counted_from <= counted_until", name="counted_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    year: Mapped[int]
    number: Mapped[int]
    state: Mapped[ReviewState] = mapped_column(db.choice(ReviewState), default=ReviewState.open)
    opened_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    figures: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    counted_from: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    counted_until: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    township: Mapped[Region] = relationship(foreign_keys=[township_id])
    corrections: Mapped[list[ReviewCorrection]] = relationship(
        back_populates="review",
        order_by="ReviewCorrection.id",
        primaryjoin="Review.id == foreign(ReviewCorrection.review_id)",
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def quarter(self) -> Quarter:
        """Which one it is of."""
        return Quarter(self.year, self.number)

    @property
    def scope_path(self) -> str:
        """The township."""
        return self.township.path


class ReviewFile(db.Base):
    """A file in a review. While the review is open only what somebody said of it stands here
    (`confirmed`); at the sign-off every file has its answer, held by the database: what was signed
    off has no row without one."""

    __tablename__ = "review_file"
    __table_args__ = (
        UniqueConstraint("review_id", "child_id"),
        Index("ix_review_file_child_id", "child_id"),
        ForeignKeyConstraint(
            ["review_id", "review_state"],
            ["review.id", "review.state"],
            name="fk_review_file_review",
            onupdate="CASCADE",
        ),
        CheckConstraint("review_state = 'open' OR answer IS NOT NULL", name="signed"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint(
            "answer IS NULL OR answer <> 'confirmed' OR answered_by IS NOT NULL", name="confirmed"
        ),
        CheckConstraint(
            "(answer IS NOT NULL AND answer = 'closed') = (close_reason IS NOT NULL)",
            name="close_reason",
        ),
        CheckConstraint("NOT at_once OR answer IS NOT NULL", name="at_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    review_id: Mapped[int]
    review_state: Mapped[ReviewState] = mapped_column(
        db.choice(ReviewState), default=ReviewState.open
    )
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    # Where the family lived when the file came in, and from the sign-off on: then.
    village_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    added_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    answer: Mapped[Answered | None] = mapped_column(db.choice(Answered))
    answered_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # Confirmed with others of the village, because the family was seen in the quarter.
    at_once: Mapped[bool] = mapped_column(default=False)
    close_reason: Mapped[CloseReason | None] = mapped_column(db.choice(CloseReason))

    # By number alone: the state beside it is the database's own.
    review: Mapped[Review] = relationship(primaryjoin="Review.id == foreign(ReviewFile.review_id)")
    child: Mapped[Child] = relationship()
    village: Mapped[Region] = relationship(foreign_keys=[village_id])

    @property
    def scope_path(self) -> str:
        """Where the family lives; once signed off, where it lived then."""
        signed = self.review_state is ReviewState.signed
        return self.village.path if signed else self.child.village.path


class ReviewCorrection(db.Base):
    """What turned out to be wrong in a review that is signed off: noted beside it, for a sign-off
    is never taken back."""

    __tablename__ = "review_correction"
    __table_args__ = (
        ForeignKeyConstraint(
            ["review_id", "review_state"],
            ["review.id", "review.state"],
            name="fk_review_correction_review",
        ),
        CheckConstraint("review_state = 'signed'", name="of_signed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    review_id: Mapped[int] = mapped_column(index=True)
    review_state: Mapped[ReviewState] = mapped_column(
        db.choice(ReviewState), default=ReviewState.signed
    )
    text: Mapped[str] = mapped_column(db.Sealed("review_correction.text"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int] = mapped_column(ForeignKey("account.id"))

    review: Mapped[Review] = relationship(
        back_populates="corrections",
        primaryjoin="Review.id == foreign(ReviewCorrection.review_id)",
    )
