"""Forms: how long a class is kept; what letters about a leak say; how many places more."""

from __future__ import annotations

from typing import Any

from jiedui.core.forms import Choices, Day, Form, LongText, Number, Text
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.oversight.models import RetentionTerm
from jiedui.oversight.rules.breach import Breach, LeakKind
from jiedui.oversight.rules.coverage import MOST_PLACES


class TermForm(Form):
    """How long, in the class's own unit."""

    amount = Number(_l("Kept for"), least=1, most=600)


def term_form(one: RetentionTerm, **kw: Any) -> TermForm:
    """The form with what holds."""
    return TermForm(data={"amount": one.amount, "version": str(one.version)}, **kw)


class BreachForm(Form):
    """What the letters about a leak say. Nothing of it is kept."""

    kinds = Choices(_l("Kinds of data"), LeakKind, least=1)
    happened = Day(_l("When it happened"))
    noticed = Day(_l("When it was noticed"))
    people = Number(_l("How many people may be touched"), needed=False, least=1, most=1_000_000)
    cause = LongText(_l("What happened, and why"), needed=True)
    harm = LongText(_l("Harm that may come of it"), needed=True)
    remedies = LongText(_l("What we have done"), needed=True)
    advice = LongText(_l("What people can do themselves"), needed=True)
    contact = Text(_l("Whom they can ask (office, telephone)"), longest=120)

    def said(self) -> Breach:
        """What was written."""
        return Breach(
            kinds=tuple(self.kinds.data),
            happened=self.happened.data,
            noticed=self.noticed.data,
            people=self.people.data,
            cause=self.cause.data,
            harm=self.harm.data,
            remedies=self.remedies.data,
            advice=self.advice.data,
            contact=self.contact.data,
        )


class SitesForm(Form):
    """How many more places somebody thinks of."""

    places = Number(_l("Places more"), least=1, most=MOST_PLACES, default=3)
