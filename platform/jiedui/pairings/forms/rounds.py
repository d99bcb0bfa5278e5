"""Forms of matching: start a list, change one of its pairs, name a pair, confirm."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, IntegerField, SelectField
from wtforms.validators import Optional

from jiedui.core.forms import Choice, Form, Text, required
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.pairings.rules.rounds import PairChange, RemoveReason
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


class StartForm(Form):
    """Which area a list is made for."""

    region = SelectField(_l("For which area"), coerce=int)


def start_form(scope: Region) -> StartForm:
    """The reader's own region, or one of its townships."""
    form = StartForm()
    towns = [t for t in regions.townships(scope.path) if t.id != scope.id]
    whole = gettext("All of %(region)s", region=scope.full_name)
    form.region.choices = [(scope.id, whole), *((t.id, t.name) for t in towns)]
    return form


class PairForm(Form):
    """One thing done to a pair of a draft: settled first, taken out for a reason, replaced."""

    change = Choice(_l("What to do"), PairChange)
    helper = IntegerField(_l("Instead"), [Optional()])
    reason = Choice(_l("Reason"), RemoveReason, needed=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever takes a pair out says why, and replacing needs somebody."""
        good = super().validate(extra_validators)
        wanted: list[tuple[Any, set[PairChange]]] = [
            (self.reason, {PairChange.remove, PairChange.instead}),
            (self.helper, {PairChange.instead}),
        ]
        for field, changes in wanted:
            if self.change.data in changes and field.data is None:
                words = {"reason": gettext("Please choose a reason")}
                field.errors = [words.get(field.name) or gettext("Please choose one")]
                good = False
        return good


class NominateForm(Form):
    """A pair that somebody knows, by the numbers of need and volunteer."""

    need = Text(_l("Number of the need"), longest=12, description=_l("Like N-0123"))
    helper = Text(_l("Number of the volunteer"), longest=12, description=_l("Like V-0123"))


class NameForm(Form):
    """One of a ranked list, to be proposed."""

    other = IntegerField(_l("Who"), [required(_l("Please choose one"))])


class CardChoice(Form):
    """A card a helper marks or takes back."""

    need = IntegerField(_l("Card"), [required(_l("Please choose one"))])
    mark = HiddenField()
