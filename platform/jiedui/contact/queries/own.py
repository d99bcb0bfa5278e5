"""Finding what a helper has of their own: the living badge, the living calendar address."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.contact.models import CalendarFeed, HelperBadge, HelperPicture
from jiedui.core import crypto, db


def badge_of(helper_id: int) -> HelperBadge | None:
    """The badge a helper has."""
    found = select(HelperBadge).where(
        HelperBadge.helper_id == helper_id, HelperBadge.ended_at.is_(None)
    )
    return db.session.scalar(found)


def badge_by_number(number: str) -> HelperBadge | None:
    """The living badge with this number."""
    found = select(HelperBadge).where(HelperBadge.number == number, HelperBadge.ended_at.is_(None))
    return db.session.scalar(found.options(joinedload(HelperBadge.helper)))


def picture_of(helper_id: int) -> HelperPicture | None:
    """The picture a helper has for the family card."""
    found = select(HelperPicture).where(HelperPicture.helper_id == helper_id)
    return db.session.scalar(found)


def feed_of(helper_id: int) -> CalendarFeed | None:
    """The calendar address a helper has."""
    found = select(CalendarFeed).where(
        CalendarFeed.helper_id == helper_id, CalendarFeed.ended_at.is_(None)
    )
    return db.session.scalar(found)


def feed_by_token(token: str) -> CalendarFeed | None:
    """The living feed that this token opens."""
    found = select(CalendarFeed).where(
        CalendarFeed.fingerprint == crypto.fingerprint(token), CalendarFeed.ended_at.is_(None)
    )
    return db.session.scalar(found)
