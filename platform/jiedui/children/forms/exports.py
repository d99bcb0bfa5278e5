"""Forms for files of identified data."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import SelectField
from wtforms.validators import Optional

from jiedui.children.actions.exports import ExportAsked
from jiedui.children.rules import Category, RevealReason
from jiedui.core import words
from jiedui.core.forms import Choice, Form, SharedLine
from jiedui.core.forms.choices import member_or_none
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.regions.models import Region


class ExportForm(Form):
    """Whose files, and what for."""

    region = SelectField(_l("Area"), coerce=int)
    category = SelectField(_l("Situation"), [Optional()], coerce=member_or_none(Category))
    reason = Choice(_l("What is it needed for?"), RevealReason)
    purpose = SharedLine(
        _l("Purpose in words"),
        longest=80,
        description=_l("It is printed on every page of the file. No child's name, please."),
    )

    def offer(self, areas: Sequence[Region]) -> None:
        """The areas within reach."""
        self.areas = {one.id: one for one in areas}
        self.region.choices = [(one.id, one.full_name) for one in areas]
        self.category.choices = [("", gettext("All")), *words.choices(Category)]

    def said(self) -> ExportAsked:
        """What was asked for."""
        region = self.areas[self.region.data]
        return ExportAsked(region, self.reason.data, self.purpose.data, self.category.data)
