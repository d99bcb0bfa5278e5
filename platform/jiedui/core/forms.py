"""What all forms share: stripped text, kept input, refusals beside their field, and the fields
that several rooms need (resident identity number, phone, weekly slots)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import phonenumbers
from flask import current_app, request
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError

from jiedui.core import clock, kept, resident_id, words
from jiedui.core.errors import Refusal
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.resident_id import IdFault, ResidentId, Sex

words.say(
    IdFault,
    {
        IdFault.length: _l("An identity number has 18 characters"),
        IdFault.spreadsheet: _l("The spreadsheet turned this number into another: type it again"),
        IdFault.digits: _l("Only digits, and X as the last character"),
        IdFault.division: _l("The first digits of this number do not exist"),
        IdFault.birth: _l("The birth date in this number cannot be right"),
        IdFault.check_digit: _l("The last character does not fit: one digit is wrong"),
        IdFault.invented: _l("This number belongs to an invented person"),
    },
)
words.say(Sex, {Sex.female: _l("Girl or woman"), Sex.male: _l("Boy or man")})
REQUIRED = _l("This is needed")


def strip(value: Any) -> Any:
    """Text without blanks around it; empty text stays empty."""
    return value.strip() if isinstance(value, str) else value


class Form(FlaskForm):
    """A form of ours: strips text, takes kept input back, and can be refused by a rule."""

    version = HiddenField()

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, field: Any, options: dict[str, Any]) -> Any:
            filters = list(options.pop("filters", ()))
            if issubclass(field.field_class, StringField):
                filters.append(strip)
            return field.bind(form=form, filters=filters, **options)

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            if request.method == "GET":
                account = current_user.get_id() if current_user.is_authenticated else None
                return kept.take(int(account) if account else None)
            return super().wrap_formdata(form, formdata)

    def sent(self) -> bool:
        """Whether this is a sent form without faults of its own (looking a place up is not
        sending)."""
        if request.form.get("act", "").startswith(("find-", "change-")):
            return False
        return bool(self.validate_on_submit())

    @property
    def submitted_version(self) -> int | None:
        """The version of the record the page was made from."""
        raw = self.version.data
        return int(raw) if raw and raw.isdigit() else None

    def refuse(self, refusal: Refusal) -> None:
        """Put a rule's no beside its field, or on top when it belongs to none."""
        message = words.label(refusal.code, **refusal.facts)
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [*field.errors, message]


def required(message: Any = REQUIRED) -> InputRequired:
    """Something must be there; the message says what."""
    return InputRequired(message)


class Text(StringField):
    """One line of text."""

    def __init__(
        self,
        label: Any,
        *,
        needed: bool = True,
        longest: int = 60,
        missing: Any = REQUIRED,
        **kw: Any,
    ) -> None:
        checks: list[Any] = [required(missing) if needed else Optional()]
        checks.append(Length(max=longest, message=_l("At most %(max)d characters")))
        super().__init__(label, [*checks, *kw.pop("validators", [])], **kw)


class LongText(TextAreaField):
    """Several lines of text; never needed of a person who cannot write much."""

    def __init__(self, label: Any, *, needed: bool = False, longest: int = 500, **kw: Any) -> None:
        checks: list[Any] = [required() if needed else Optional()]
        checks.append(Length(max=longest, message=_l("At most %(max)d characters")))
        super().__init__(label, checks, **kw)


class Phone(StringField):
    """A Chinese telephone number; `data` is 11 digits for a mobile, area code and number else."""

    def __init__(self, label: Any, *, needed: bool = True, mobile: bool = True, **kw: Any) -> None:
        self.mobile = mobile
        super().__init__(label, [required() if needed else Optional()], **kw)

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        digits = "".join(c for c in resident_id.tidy(self.data) if c.isdigit() or c == "+")
        digits = digits.removeprefix("+86")
        if self.mobile and len(digits) != 11:
            raise StopValidation(
                str(_l("A mobile number has 11 digits; this one has %(n)d")) % {"n": len(digits)}
            )
        if not self._exists(digits):
            raise StopValidation(str(_l("There is no such number in China; please check it")))
        self.data = digits

    def _exists(self, digits: str) -> bool:
        try:
            number = phonenumbers.parse(digits, "CN")
        except phonenumbers.NumberParseException:
            return False
        return phonenumbers.is_valid_number(number)


class IdNumber(StringField):
    """A resident identity number; `who` is what it says once the form has been checked."""

    who: ResidentId | None = None

    def __init__(self, label: Any, *, needed: bool = True, **kw: Any) -> None:
        super().__init__(label, [required() if needed else Optional()], **kw)

    def pre_validate(self, form: Any) -> None:
        self.who = None
        if not self.data:
            return
        allowed = bool(current_app.config["INVENTED_IDS"])
        said = resident_id.read(self.data, clock.today(), invented_allowed=allowed)
        if isinstance(said, IdFault):
            raise StopValidation(words.label(said))
        self.who, self.data = said, said.number


def member_of(kind: type[StrEnum]) -> Callable[[Any], Any]:
    """Turn a sent value into the enumeration's member; nothing sent stays None."""
    return lambda value: kind(value) if value and value in set(kind) else (value or None)


class Choice(RadioField):
    """One of an enumeration. Nothing is preselected unless a default is given."""

    def __init__(
        self, label: Any, kind: type[StrEnum], *only: Any, needed: bool = True, **kw: Any
    ) -> None:
        self.kind, self.needed = kind, needed
        choices = kw.pop("choices", None) or (lambda: words.choices(kind, *only))
        checks = [required(_l("Please choose one"))] if needed else [Optional()]
        super().__init__(
            label, checks, choices=choices, coerce=member_of(kind), validate_choice=needed, **kw
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


class Day(DateField):
    """A date; text as people write it (2015.1.1, 2015年1月1日) is read too."""

    def __init__(
        self,
        label: Any,
        *,
        needed: bool = True,
        past: bool = False,
        future: bool = False,
        **kw: Any,
    ) -> None:
        self.past, self.future = past, future
        super().__init__(label, [required() if needed else Optional()], **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        raw = valuelist[0].strip()
        for mark in "年月./":
            raw = raw.replace(mark, "-")
        try:
            self.data = datetime.strptime(raw.replace("日", ""), "%Y-%m-%d").date()
        except ValueError:
            self.data = None
            raise ValueError(str(_l("Write a date like 2026-11-23"))) from None

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            return
        if self.past and self.data > clock.today():
            raise StopValidation(str(_l("This day has not come yet")))
        if self.future and self.data < clock.today():
            raise StopValidation(str(_l("This day is past")))


class Number(IntegerField):
    """A whole number between two bounds."""

    def __init__(
        self, label: Any, *, least: int, most: int, needed: bool = True, **kw: Any
    ) -> None:
        self.least, self.most = least, most
        super().__init__(label, [required() if needed else Optional()], **kw)

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not self.least <= self.data <= self.most:
            text = str(_l("A number from %(least)d to %(most)d"))
            raise StopValidation(text % {"least": self.least, "most": self.most})


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
        choices = [(n, str(n)) for n in range(21)]
        super().__init__(label, choices=choices, coerce=int, **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = sorted({n for value in valuelist for n in slot_numbers(value)})
        except ValueError:
            self.data = []

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.needed and not self.data:
            raise ValidationError(str(_l("No time is chosen yet: please choose at least one")))


@dataclass(frozen=True)
class Spot:
    """One place in a picker: what is sent, its name, and what it lies in."""

    value: str
    name: str
    within: str


class PlaceField(StringField):
    """Choosing a place: type, look, choose. A room's subclass says where places come from.

    `data` is the chosen thing itself (or None), `text` what was typed, `found` what it may mean.
    """

    def __init__(self, label: Any, *, needed: bool = True, **kw: Any) -> None:
        self.needed = needed
        self.text = ""
        self.chosen: Spot | None = None
        self.found: list[Spot] = []
        super().__init__(label, **kw)

    def look(self, text: str) -> list[Any]:
        """Things by name."""
        raise NotImplementedError

    def get(self, value: str) -> Any | None:
        """The thing with this value, if this person may choose it."""
        raise NotImplementedError

    def spot(self, thing: Any) -> Spot:
        """How a thing is shown."""
        raise NotImplementedError

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, data if data is not None else self.default)
        self.chosen = self.spot(self.data) if self.data is not None else None
        if formdata is not None:
            self._read(formdata)

    def start_with(self, thing: Any) -> None:
        """What is chosen before the person does anything (a director's only village)."""
        if self.data is None and not self.text and request.method == "GET":
            self.data, self.chosen = thing, self.spot(thing)

    def _read(self, formdata: Any) -> None:
        self.text = (formdata.get(f"{self.name}_text") or "").strip()
        value = formdata.get(self.name) or ""
        self.data = self.get(value) if value else None
        if self.data is None and self.text:
            things = self.look(self.text)
            self.found = [self.spot(t) for t in things]
            self.data = things[0] if len(things) == 1 else None
        if formdata.get("act") == f"change-{self.name}":
            self.data, self.text, self.found = None, "", []
        self.chosen = self.spot(self.data) if self.data is not None else None

    def pre_validate(self, form: Any) -> None:
        if self.data is not None:
            return
        if not self.text:
            if self.needed:
                raise StopValidation(str(_l("Please look a place up and choose it")))
            return
        if not self.found:
            text = str(_l("No place called “%(name)s” in your area"))
            raise StopValidation(text % {"name": self.text})
        text = str(_l("“%(name)s” fits %(n)d places: please choose one below"))
        raise StopValidation(text % {"name": self.text, "n": len(self.found)})


def errors_of(form: Any) -> list[tuple[str | None, str]]:
    """Every fault of a form as (field id or None, words), in the order of the page."""
    found: list[tuple[str | None, str]] = [(None, str(e)) for e in form.form_errors]
    for field in form:
        flat: Sequence[Any] = field.errors if isinstance(field.errors, (list, tuple)) else ()
        found += [(field.id, str(e)) for e in flat]
    return found
