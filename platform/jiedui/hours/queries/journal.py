"""Counsellors' notes that somebody may read."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor, GrantLevel
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.helpers.models import Helper
from jiedui.hours.models import CounsellingNote, ServiceSession
from jiedui.needs.models import NeedChild
from jiedui.pairings.models import Pairing


def get_note(note_id: int) -> CounsellingNote:
    """The note with this id; raise Missing."""
    found = db.session.get(CounsellingNote, note_id)
    if found is None:
        raise Missing
    return found


def notes_for(actor: Actor, most: int = 100) -> list[CounsellingNote]:
    """The notes that are confided to somebody, newest first."""
    opened = [number for kind, number, level in actor.granted
              if (kind, level) == ("child", GrantLevel.notes.value)]  # fmt: skip
    own = select(Helper.id).where(Helper.account_id == actor.account_id)
    theirs = (
        select(Pairing.id)
        .join(NeedChild, NeedChild.need_id == Pairing.need_id)
        .where(NeedChild.child_id.in_(opened))
    )
    found = (
        select(CounsellingNote)
        .join(ServiceSession, ServiceSession.id == CounsellingNote.session_id)
        .where(or_(ServiceSession.helper_id.in_(own), ServiceSession.pairing_id.in_(theirs)))
        .options(joinedload(CounsellingNote.session))
        .order_by(ServiceSession.start_at.desc())
        .limit(most)
    )
    return [one for one in db.session.scalars(found) if one.confided_to(actor)]
