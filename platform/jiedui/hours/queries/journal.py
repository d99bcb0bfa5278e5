"""What is written beside the hours: how a child was, how tutoring goes, counsellors' notes that
somebody may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor, GrantLevel
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import HelpKind
from jiedui.hours.models import CounsellingNote, ServiceSession
from jiedui.hours.rules import HOLDING, Mood, Progress
from jiedui.needs.models import Need, NeedChild
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


@dataclass(frozen=True)
class Journals:
    """What journals say of children, newest first. Of counselling they say nothing here."""

    moods: dict[int, list[Mood]] = field(default_factory=lambda: defaultdict(list))
    learning: dict[int, list[Progress]] = field(default_factory=lambda: defaultdict(list))

    def moods_of(self, child_id: int) -> tuple[Mood, ...]:
        """How this child was."""
        return tuple(self.moods.get(child_id, ()))

    def learning_of(self, child_id: int) -> tuple[Progress, ...]:
        """How its tutoring went."""
        return tuple(self.learning.get(child_id, ()))


def of_children(ids: Collection[int], *, since: date) -> Journals:
    """The same of these children from a day on, by sessions that nobody has taken back."""
    entry = ServiceSession
    found = (
        select(NeedChild.child_id, entry.mood, entry.progress)
        .join(Need, Need.id == NeedChild.need_id)
        .join(Pairing, Pairing.need_id == Need.id)
        .join(entry, entry.pairing_id == Pairing.id)
        .where(NeedChild.child_id.in_(list(ids)), Need.kind != HelpKind.counselling)
        .where(entry.state.in_(HOLDING), entry.on >= since)
        .where(or_(entry.mood.is_not(None), entry.progress.is_not(None)))
        .order_by(entry.start_at.desc(), entry.id.desc())
    )
    said = Journals()
    for child_id, mood, progress in db.session.execute(found):
        if mood is not None:
            said.moods[child_id].append(mood)
        if progress is not None:
            said.learning[child_id].append(progress)
    return said
