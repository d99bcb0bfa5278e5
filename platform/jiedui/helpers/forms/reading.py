"""The form of the ten lessons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jiedui.core.forms import Choice, Form
from jiedui.core.i18n import gettext
from jiedui.helpers.rules.reading import TRUE, Lesson, Verdict
from jiedui.helpers.words.reading import TEXTS


class ReadingForm(Form):
    """A statement each, right or wrong."""

    def lessons(self) -> Iterator[tuple[Any, Any]]:
        """What there is to read, and the field that asks."""
        for lesson in Lesson:
            yield TEXTS[lesson][0], self._fields[lesson.name]

    def said(self) -> dict[Lesson, bool]:
        """What was answered."""
        return {one: self._fields[one.name].data is Verdict.right for one in Lesson}

    def validate(self, extra_validators: Any = None) -> bool:
        """Every lesson has its right answer; a wrong one is told beside it."""
        good: bool = super().validate(extra_validators)
        for lesson in Lesson:
            field = self._fields[lesson.name]
            if field.data and (field.data is Verdict.right) is not TRUE[lesson]:
                field.errors = [*field.errors, gettext("Please read this once more")]
                good = False
        return good


def reading_form() -> ReadingForm:
    """A form with the ten."""
    fields = {
        lesson.name: Choice(statement, Verdict) for lesson, (_text, statement) in TEXTS.items()
    }
    kind: type[ReadingForm] = type("TenLessonsForm", (ReadingForm,), fields)
    return kind()
