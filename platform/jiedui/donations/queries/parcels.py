"""The links on parcels."""

from __future__ import annotations

from sqlalchemy import select

from jiedui.core import crypto, db
from jiedui.donations.models import ParcelLink
from jiedui.donations.rules.books import AllotmentState


def link(token: str) -> ParcelLink | None:
    """The link with this token, if what it is about is still on its way."""
    mine = ParcelLink.fingerprint == crypto.fingerprint(token)
    one = db.session.scalar(select(ParcelLink).where(mine))
    return one if one is not None and lives(one) else None


def lives(one: ParcelLink) -> bool:
    """Whether a link still says anything."""
    return one.fresh and one.allotment.state is AllotmentState.dispatched


def unused(allotment_id: int) -> list[ParcelLink]:
    """The links of a parcel that nobody has used."""
    mine = ParcelLink.allotment_id == allotment_id, ParcelLink.used_at.is_(None)
    return list(db.session.scalars(select(ParcelLink).where(*mine)))
