"""Issued records of service."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.hours.models import Certificate, SigningKey


def get_certificate(certificate_id: int) -> Certificate:
    """The issued record with this id; raise Missing."""
    found = db.session.get(Certificate, certificate_id)
    if found is None:
        raise Missing
    return found


def certificates_of(helper_id: int) -> list[Certificate]:
    """A helper's issued records, newest first."""
    found = select(Certificate).where(Certificate.helper_id == helper_id)
    return list(db.session.scalars(found.order_by(Certificate.id.desc())))


def signing_key(name: str) -> SigningKey | None:
    """The published key of this name, if there is one."""
    return db.session.scalar(select(SigningKey).where(SigningKey.name == name))


def signing_keys() -> list[SigningKey]:
    """Every key that has ever signed a record, newest first."""
    return list(db.session.scalars(select(SigningKey).order_by(SigningKey.id.desc())))


def certificate_by_number(number: str) -> Certificate | None:
    """The issued record with this number (in its kept form), if there is one."""
    found = select(Certificate).where(Certificate.number == number)
    return db.session.scalar(
        found.options(joinedload(Certificate.helper), joinedload(Certificate.successor))
    )
