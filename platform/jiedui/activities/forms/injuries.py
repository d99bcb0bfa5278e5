"""Recording an injury."""

from __future__ import annotations

from wtforms import BooleanField

from jiedui.activities.forms.hazards import own_village
from jiedui.activities.rules.injuries import Cause, InjurySaid, Outcome, Spot
from jiedui.care.rules.statement import AgeBand
from jiedui.core import clock
from jiedui.core.forms import Choice, Day, Form
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.partners.forms import OwnVillageField


class InjuryForm(Form):
    """What happened, without saying to whom."""

    on = Day(_l("On which day"), past=True)
    cause = Choice(_l("How was the child hurt?"), Cause)
    spot = Choice(_l("Where"), Spot)
    outcome = Choice(_l("How it ended"), Outcome)
    band = Choice(_l("How old is the child?"), AgeBand)
    region = OwnVillageField(_l("In which village or community"))
    another = BooleanField(_l("It is another child than the one recorded already"))

    def said(self) -> InjurySaid:
        """What the form says."""
        return InjurySaid(
            self.on.data, self.region.data.id, self.cause.data, self.spot.data,
            self.outcome.data, self.band.data, bool(self.another.data),
        )  # fmt: skip


def injury_form() -> InjuryForm:
    """Today, and for a director the own village."""
    return InjuryForm(data={"on": clock.today(), "region": own_village()})
