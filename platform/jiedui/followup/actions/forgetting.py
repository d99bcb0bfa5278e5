"""Words about a pairing are taken away with the identity of its child."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, update

from jiedui.core import db
from jiedui.followup.models import Said, StopKey


def forget_words(pairing_ids: Iterable[int]) -> None:
    """What was said in words of these pairings goes, and so do the family's keys; faces, days and
    how it went stay. A step of clearing a file, which is on record."""
    ids = list(pairing_ids)
    db.session.execute(update(Said).where(Said.pairing_id.in_(ids)).values(words=None))
    db.session.execute(delete(StopKey).where(StopKey.pairing_id.in_(ids)))
