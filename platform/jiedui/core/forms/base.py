"""The form of ours: stripped text, kept input, and a rule's no beside its field."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired

from jiedui.core import kept, words
from jiedui.core.errors import Refusal
from jiedui.core.i18n import lazy_gettext as _l

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
            # A password is what was typed, blanks at its ends too.
            text = issubclass(field.field_class, StringField)
            if text and not issubclass(field.field_class, PasswordField):
                filters.append(strip)
            return field.bind(form=form, filters=filters, **options)

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            if request.method == "GET" and formdata is _Auto:
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
        raw = str(self.version.data or "")
        return int(raw) if raw.isdigit() else None

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
