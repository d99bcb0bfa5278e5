"""The form by which a published report is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wtforms import RadioField

from jiedui.core import words
from jiedui.core.forms import Day, Form, SharedLine, required
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.pages import day as in_words
from jiedui.donations.actions.reports import Published
from jiedui.donations.queries.reports import Owed
from jiedui.donations.rules.reports import ReportKind


class ReportForm(Form):
    """Which report, published when and where."""

    due = RadioField(_l("Which report?"), [required(_l("Please choose one"))])
    on = Day(_l("Published on"))
    place = SharedLine(
        _l("Where it is to be read"),
        longest=200,
        description=_l("An address, or the name of the platform and a number"),
    )

    def said(self) -> Published:
        """What was filled in."""
        kind, _, until = self.due.data.partition(" ")
        day = date.fromisoformat(until)
        return Published(ReportKind(kind), day, self.on.data, self.place.data or "")


def report_form(rows: Sequence[Owed]) -> ReportForm:
    """The reports of a fund that are open, the oldest chosen."""
    values = [(f"{one.due.kind} {one.due.until}", one) for one in rows]
    form = ReportForm(data={"due": values[0][0] if values else None})
    form.due.choices = [
        (
            value,
            gettext(
                "%(what)s until %(day)s",
                what=words.label(one.due.kind),
                day=in_words(one.due.until),
            ),
        )
        for value, one in values
    ]
    return form
