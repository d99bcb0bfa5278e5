"""What a counsellor notes of a session: sealed under its own purpose, for few eyes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.rules import Actor, GrantLevel
from jiedui.core import db
from jiedui.helpers.queries import may_counsel
from jiedui.hours.models.sessions import ServiceSession


class CounsellingNote(db.Base):
    """The restricted note of one session."""

    __tablename__ = "counselling_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("service_session.id"), unique=True)
    words: Mapped[str] = mapped_column(db.Sealed("counselling_note.words"))
    written_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    session: Mapped[ServiceSession] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the child's household lives."""
        return self.session.scope_path

    def confided_to(self, actor: Actor) -> bool:
        """Whether somebody may read it: the counsellor of the pairing while their paper allows
        counselling, and the social worker to whom the notes of one of the children are opened."""
        if self.session.account_id == actor.account_id:
            return may_counsel(self.session.helper)
        pairing = self.session.pairing
        children = pairing.need.children if pairing is not None else []
        return any(actor.has_grant("child", one.id, GrantLevel.notes) for one in children)
