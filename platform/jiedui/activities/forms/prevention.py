"""A line of the plan of prevention; what a page of coverage is narrowed by."""

from __future__ import annotations

from jiedui.activities.forms.events import one_of
from jiedui.activities.models import PreventionTarget
from jiedui.activities.rules.events import Theme
from jiedui.activities.rules.prevention import TARGET_MOST, Reach, TargetSaid
from jiedui.core import clock
from jiedui.core.forms import Choice, Day, Form, Number
from jiedui.core.i18n import lazy_gettext as _l


class TargetForm(Form):
    """What is to be reached by when."""

    theme = one_of(_l("Theme"), Theme)
    reach = Choice(_l("What is to be reached"), Reach)
    number = Number(_l("How many of them"), least=1, most=TARGET_MOST)
    starts = Day(_l("Counted from"))
    until = Day(_l("Reached by"))

    def said(self) -> TargetSaid:
        """What the form says."""
        return TargetSaid(
            self.theme.data, self.reach.data, self.number.data, self.starts.data, self.until.data
        )


def target_form(one: PreventionTarget | None) -> TargetForm:
    """An empty form from today on, or one with what stands there now."""
    if one is not None:
        return TargetForm(obj=one)
    return TargetForm(data={"starts": clock.today()})
