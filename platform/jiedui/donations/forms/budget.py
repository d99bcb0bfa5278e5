"""Forms of the plan's budget: a line, a use, what goes back, a mistake."""

from __future__ import annotations

from datetime import date

from jiedui.core import clock
from jiedui.core.forms import Choice, Day, Form, Number, SharedLine, Yuan
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.models import BudgetLine
from jiedui.donations.rules.budget import BudgetPurpose, BudgetSource, LineSaid, UseSaid

MOST_YUAN = 100_000_000


class LineForm(Form):
    """A line with what is granted."""

    purpose = Choice(_l("What is it for?"), BudgetPurpose)
    source = Choice(_l("Where does it come from?"), BudgetSource)
    title = SharedLine(_l("Name of the line"), longest=60)
    document = SharedLine(_l("Number of the paper that grants it"), longest=60)
    amount = Yuan(_l("How much money (yuan)"), most=MOST_YUAN)
    year = Number(_l("Budget year"), least=2000, most=2100)
    until = Day(_l("Last day on which it may be used"), future=True)

    def said(self) -> LineSaid:
        """What was filled in."""
        return LineSaid(
            year=self.year.data,
            purpose=self.purpose.data,
            source=self.source.data,
            title=self.title.data,
            document=self.document.data,
            until=self.until.data,
        )


def line_form() -> LineForm:
    """A line of this year, to be used by its end."""
    this = clock.today().year
    return LineForm(data={"year": this, "until": date(this, 12, 31)})


class UseForm(Form):
    """A use of money."""

    purpose = Choice(_l("What is it used for?"), BudgetPurpose)
    amount = Yuan(_l("How much money (yuan)"), most=MOST_YUAN)
    payee = SharedLine(_l("Who gets it"), longest=60, description=_l("A unit, never a family"))
    evidence = SharedLine(
        _l("What shows it"), longest=80, description=_l("An invoice, a contract, a list signed for")
    )
    on = Day(_l("On which day"))

    def said(self) -> UseSaid:
        """What was filled in."""
        return UseSaid(
            purpose=self.purpose.data,
            amount=self.amount.fen or 0,
            payee=self.payee.data,
            evidence=self.evidence.data,
            on=self.on.data,
        )


def use_form(line: BudgetLine) -> UseForm:
    """A use today, for the line's own purpose."""
    return UseForm(data={"purpose": line.purpose, "on": clock.today()})


class MoreForm(Form):
    """More is granted, or some goes back."""

    amount = Yuan(_l("How much money (yuan)"), most=MOST_YUAN)
    evidence = SharedLine(_l("What shows it"), longest=80)


class MistakeForm(Form):
    """What shows that an entry was a mistake."""

    evidence = SharedLine(_l("What shows it"), longest=80)
