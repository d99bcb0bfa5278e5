"""The one field of the public check of a record, and of looking where a gift is."""

from __future__ import annotations

from typing import Any

from wtforms.validators import ValidationError

from jiedui.core.forms import Form, Text
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.numbers import tidy_number

MISSING = _l("Please type the 16 characters of the number")


class CheckForm(Form):
    """The number on a record of service, as people type it."""

    number = Text(_l("Number of the record"), missing=MISSING)

    def validate_number(self, field: Any) -> None:
        """A number that cannot be one is said beside the field, not looked up."""
        if tidy_number(field.data) is None:
            raise ValidationError(
                gettext("This is no number of a record: it has 16 letters and digits, four by four")
            )


class GivenForm(Form):
    """The number on a giver's slip."""

    number = Text(_l("Number of the gift"), missing=MISSING)

    def validate_number(self, field: Any) -> None:
        """As above: said beside the field, not looked up."""
        if tidy_number(field.data) is None:
            raise ValidationError(
                gettext("This is no number of a gift: it has 16 letters and digits, four by four")
            )
