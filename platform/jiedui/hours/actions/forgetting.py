"""Words about sessions and hours are taken away with the identity of child or helper."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select, update

from jiedui.core import db
from jiedui.hours.models import (
    Certificate,
    CounsellingNote,
    ImportedHours,
    Objection,
    ServiceSession,
)


def forget_pairings(pairing_ids: Iterable[int]) -> None:
    """Place and note of the sessions of these pairings go; day and minutes stay, so every sum
    stays. A step of clearing a file, which is on record."""
    mine = ServiceSession.pairing_id.in_(list(pairing_ids))
    db.session.execute(update(ServiceSession).where(mine).values(at_place="", note=""))
    notes = delete(CounsellingNote).where(
        CounsellingNote.session_id.in_(select(ServiceSession.id).where(mine))
    )
    db.session.execute(notes)
    theirs = Objection.session_id.in_(select(ServiceSession.id).where(mine))
    db.session.execute(update(Objection).where(theirs).values(words="", answer=None))


def forget_helper(helper_id: int) -> None:
    """What a list of past hours says in words goes; the minutes stay. A step of clearing a
    helper, which is on record."""
    mine = update(ImportedHours).where(ImportedHours.helper_id == helper_id)
    db.session.execute(mine.values(what=""))
    papers = update(Certificate).where(Certificate.helper_id == helper_id)
    db.session.execute(papers.values(document=None, signature=None))
