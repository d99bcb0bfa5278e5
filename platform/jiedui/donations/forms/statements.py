"""Which statement is wanted."""

from __future__ import annotations

from typing import Any

from flask import request

from jiedui.core import clock
from jiedui.core.forms import Choice, Day, Form
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.rules.statements import Grouping, Span, year_of


class StatementForm(Form):
    """A line for what, from when to when; asked in the address, so that it can be kept."""

    class Meta(Form.Meta):
        csrf = False

    by = Choice(_l("A line for each"), Grouping, needed=False)
    starts = Day(_l("From"), needed=False)
    ends = Day(_l("Up to"), needed=False)

    def validate_ends(self, field: Any) -> None:
        """A span does not end before it begins."""
        if field.data and self.starts.data and field.data < self.starts.data:
            field.errors = [*field.errors, gettext("The last day is before the first one")]

    def grouping(self) -> Grouping:
        """What stands in a line."""
        return self.by.data or Grouping.gift

    def span(self) -> Span:
        """The days asked for; without any, this year up to today."""
        usual = year_of(clock.today().year, clock.today())
        start, end = self.starts.data or usual.start, self.ends.data or usual.end
        return usual if self.errors or end < start else Span(start, end)


def asked() -> StatementForm:
    """What the address asks for."""
    form = StatementForm(request.args)
    form.validate()
    return form
