"""Fields that choose: one of an enumeration, several, weekly slots."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, widgets
from wtforms.validators import Optional, ValidationError

from jiedui.core import words
from jiedui.core.forms.base import required
from jiedui.core.i18n import lazy_gettext as _l


def member_of(kind: type[StrEnum]) -> Callable[[Any], Any]:
    """Turn a sent value into the enumeration's member; nothing sent stays None."""
    return lambda value: kind(value) if value and value in set(kind) else (value or None)


def member_or_none(kind: type[StrEnum]) -> Callable[[Any], Any]:
    """The same where nothing need be chosen: what is no member counts as nothing."""
    return lambda value: kind(value) if value and value in set(kind) else None


class Choice(RadioField):
    """One of an enumeration. Nothing is preselected unless a default is given."""

    def __init__(
        self, label: Any, kind: type[StrEnum], *only: Any, needed: bool = True, **kw: Any
    ) -> None:
        self.kind, self.needed = kind, needed
        choices = kw.pop("choices", None) or (lambda: words.choices(kind, *only))
        checks = [required(_l("Please choose one"))] if needed else [Optional()]
        super().__init__(
            label,
            checks,
            choices=choices,
            coerce=(member_of if needed else member_or_none)(kind),
            validate_choice=needed,
            **kw,
        )


class Choices(SelectMultipleField):
    """Any number of an enumeration, as ticks."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def __init__(
        self, label: Any, kind: type[StrEnum], *only: Any, least: int = 0, **kw: Any
    ) -> None:
        self.least = least
        choices = kw.pop("choices", None) or (lambda: words.choices(kind, *only))
        super().__init__(label, choices=choices, coerce=kind, **kw)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if len(self.data or []) < self.least:
            raise ValidationError(str(_l("Please choose at least one")))


WEEK: dict[str, tuple[int, ...]] = {
    "saturday_morning": (15,),
    "weekend": (15, 16, 17, 18, 19, 20),
    "after_school": (1, 4, 7, 10, 13),
}


def slot_numbers(value: str) -> list[int]:
    """The slots a sent value stands for: one number, or all of a chip."""
    return list(WEEK.get(value, ())) or [int(value)]


class Slots(SelectMultipleField):
    """Weekly free time: 21 slots, 3 a day from Monday, as numbers 0 to 20. Chips (`groups`) stand
    for several at once."""

    groups = WEEK

    def __init__(self, label: Any, *, needed: bool = True, **kw: Any) -> None:
        self.needed = needed
        super().__init__(label, choices=lambda: [(n, str(n)) for n in range(21)], coerce=int, **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = sorted({n for value in valuelist for n in slot_numbers(value)})
        except ValueError:
            self.data = []

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.needed and not self.data:
            raise ValidationError(str(_l("No time is chosen yet: please choose at least one")))


def one_or_none(label: Any, kind: type[StrEnum], **kw: Any) -> SelectField:
    """One of an enumeration from a list, or nothing: not known."""
    return SelectField(
        label,
        [Optional()],
        coerce=member_or_none(kind),
        choices=lambda: [("", "–"), *words.choices(kind)],
        validate_choice=False,
        **kw,
    )


ANSWERS = {"yes": True, "no": False}


def _answer(value: Any) -> bool | None:
    return value if isinstance(value, bool) else ANSWERS.get(value)


def yes_no(label: Any, **kw: Any) -> SelectField:
    """Yes, no, or not known; the data is True, False or None."""
    return SelectField(
        label,
        [Optional()],
        coerce=_answer,
        choices=lambda: [("", "–"), ("yes", _l("yes")), ("no", _l("no"))],
        validate_choice=False,
        **kw,
    )
