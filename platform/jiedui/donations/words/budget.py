"""Words for the plan's budget."""

from __future__ import annotations

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.rules.budget import (
    BudgetAccount,
    BudgetPurpose,
    BudgetRefusal,
    BudgetSource,
)

words.say(
    BudgetPurpose,
    {
        BudgetPurpose.screening: _l("Survey and screening"),
        BudgetPurpose.places: _l("Places and equipment"),
        BudgetPurpose.services: _l("Purchased services"),
        BudgetPurpose.training: _l("Training"),
    },
)
words.say(
    BudgetSource,
    {
        BudgetSource.county: _l("The county's own budget"),
        BudgetSource.above: _l("From province or state"),
        BudgetSource.lottery: _l("Welfare lottery fund"),
        BudgetSource.other: _l("Other public money"),
    },
)
words.say(
    BudgetAccount,
    {
        BudgetAccount.treasury: _l("Treasury"),
        BudgetAccount.line: _l("This line"),
        BudgetAccount.spent: _l("Used"),
        BudgetAccount.returned: _l("Went back"),
    },
)
R = BudgetRefusal
words.say(
    BudgetRefusal,
    {
        R.line_there: _l("This paper has a line for this purpose already: add to that one"),
        R.no_amount: _l("How much?"),
        R.other_purpose: _l("This line is for another purpose: money is used for its own only"),
        R.term_over: _l("The line's last day was earlier"),
        R.not_enough: _l("There is not so much left"),
        R.day_ahead: _l("This day is still to come"),
        R.payee_missing: _l("Who gets it?"),
        R.evidence_missing: _l("Please name what shows it"),
        R.reversed_already: _l("This entry is reversed already, or is itself a reversal"),
        R.spent_already: _l("Some of it is used already: reverse the uses first"),
    },
)
