"""Fields of words and numbers: text, telephone, identity number, whole number, day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import phonenumbers
from flask import current_app
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, Optional, StopValidation

from jiedui.core import clock, resident_id, words
from jiedui.core.forms.base import REQUIRED, required
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


def phone_digits(raw: str) -> str:
    """The digits of a telephone number as typed, without the country's code."""
    digits = "".join(c for c in resident_id.tidy(raw) if c.isdigit() or c == "+")
    return digits.removeprefix("+86")


def phone_exists(digits: str) -> bool:
    """Whether such a number can be rung in China."""
    try:
        number = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


class Phone(StringField):
    """A Chinese telephone number; `data` is 11 digits for a mobile, area code and number else."""

    def __init__(self, label: Any, *, needed: bool = True, mobile: bool = True, **kw: Any) -> None:
        self.mobile = mobile
        super().__init__(label, [required() if needed else Optional()], **kw)

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        digits = phone_digits(self.data)
        if self.mobile and len(digits) != 11:
            raise StopValidation(
                str(_l("A mobile number has 11 digits; this one has %(n)d")) % {"n": len(digits)}
            )
        if not phone_exists(digits):
            raise StopValidation(str(_l("There is no such number in China; please check it")))
        self.data = digits


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
