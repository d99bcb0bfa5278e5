"""Forms for sheets: a file, the cells of one row, who a row is, whether rows stay out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, FileField, RadioField, StringField

from jiedui.core import words
from jiedui.core.forms import Form, Text
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.intake.actions.rows import CELL_MOST
from jiedui.intake.exchange import Asked, Candidate
from jiedui.intake.rules import Choice

ANOTHER = "another"


class UploadForm(Form):
    """A sheet to read."""

    file = FileField(_l("The Excel file (xlsx)"))


class TakeForm(Form):
    """Take the sheet over, without the rows that are not settled where somebody says so."""

    without_faulty = BooleanField(_l("These rows stay out"))


class RowForm(Form):
    """The cells of one row; fields are named after their place in the layout."""

    def cells(self, asked: Sequence[Asked]) -> dict[str, str]:
        """What was typed, by the layout's fields."""
        return {one.field: self._fields[named(one.field)].data or "" for one in asked}


def named(field: str) -> str:
    """The name of a column's field in the form."""
    return f"cell-{field.replace('.', '-')}"


def row_form(
    asked: Sequence[Asked], cells: Mapping[str, str], faults: Mapping[str, str], **kw: Any
) -> RowForm:
    """The form of a row with what stands there, and beside each cell what is wrong with it."""
    fields: dict[str, StringField] = {}
    data = {}
    for one in asked:
        fields[named(one.field)] = Text(one.head, needed=False, longest=CELL_MOST)
        data[named(one.field)] = cells.get(one.field, "")
    form: RowForm = type("OneRowForm", (RowForm,), fields)(data=data, **kw)
    for name, text in faults.items():
        if named(name) in form._fields and not form.is_submitted():
            form._fields[named(name)].errors = [text]
    return form


class WhoForm(Form):
    """Whether a row is somebody who is known."""

    who = RadioField(_l("Who is this?"), coerce=str, validate_choice=True)

    def offer(self, candidates: Sequence[Candidate]) -> None:
        """The files it may be, and somebody else."""
        same = [(str(one.id), one.shown) for one in candidates]
        self.who.choices = [*same, (ANOTHER, words.label(Choice.another))]

    @property
    def said(self) -> tuple[Choice, int | None]:
        """What was chosen."""
        if self.who.data == ANOTHER:
            return Choice.another, None
        return Choice.same_person, int(self.who.data)
