"""The link on a parcel, by which the carer's code says that it has come."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.core.links import SpokenLink
from jiedui.donations.models.gifts import Allotment


class ParcelLink(SpokenLink, db.Base):
    """A link that travels with what was sent; the code lies with whoever looks after the child."""

    __tablename__ = "parcel_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    allotment_id: Mapped[int] = mapped_column(ForeignKey("gift_allotment.id"), index=True)

    allotment: Mapped[Allotment] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.allotment.scope_path
