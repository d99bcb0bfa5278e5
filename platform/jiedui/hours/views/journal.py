"""Counsellors' notes: a list of those one may read, and each by itself, every look on record."""

from __future__ import annotations

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.acts import Act
from jiedui.hours.models import CounsellingNote
from jiedui.hours.queries import journal as queries
from jiedui.hours.views.blueprint import bp


@bp.get("/hours/notes")
@requires(Permission.counselling_read)
def notes() -> str:
    """Which notes are confided to whoever looks; their words stand on pages of their own."""
    return render_template("hours/notes.html", confided=queries.notes_for(actor()))


@bp.get("/hours/notes/<int:note_id>")
@requires(
    Permission.counselling_read, load=queries.get_note, logged=Act.counselling_read, recent=True
)
def note(note: CounsellingNote) -> str:
    """One note."""
    return render_template("hours/note.html", note=note)
