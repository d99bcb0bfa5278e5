"""What stands in words or pictures about agreements is taken away with the identity of the child;
what a helper has of their own, with the helper's."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select, update

from jiedui.contact.models import (
    Agreement,
    AgreementLink,
    AgreementScan,
    CalendarFeed,
    HelperBadge,
    HelperPicture,
)
from jiedui.core import db


def forget_pairings(pairing_ids: Iterable[int]) -> list[int]:
    """Scans, links and who keeps the paper go; terms, days and yeses stay. Returns the pairings.
    A step of clearing a file, which is on record."""
    ids = list(pairing_ids)
    mine = select(Agreement.id).where(Agreement.pairing_id.in_(ids))
    for table in (AgreementScan, AgreementLink):
        db.session.execute(delete(table).where(table.agreement_id.in_(mine)))
    db.session.execute(update(Agreement).where(Agreement.pairing_id.in_(ids)).values(holder=""))
    return ids


def forget_helper(helper_id: int) -> None:
    """Calendar addresses, badges and the picture go; nobody could use them any more. A step of
    clearing a helper, which is on record."""
    for table in (CalendarFeed, HelperBadge, HelperPicture):
        db.session.execute(delete(table).where(table.helper_id == helper_id))
