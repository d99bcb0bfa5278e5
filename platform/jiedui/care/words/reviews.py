"""Words of the quarterly review: states, answers, proposals with their reasons, refusals."""

from __future__ import annotations

from jiedui.care.rules.quarters import Due, Quarter
from jiedui.care.rules.reviews import Answered, Proposal, ReviewRefusal, ReviewState
from jiedui.core import words
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    ReviewState,
    {ReviewState.open: _l("Being reviewed"), ReviewState.signed: _l("Signed off")},
)
words.say(
    Answered,
    {
        Answered.confirmed: _l("Confirmed"),
        Answered.changed: _l("Changed in the quarter"),
        Answered.closed: _l("Left the ledger"),
        Answered.passed_on: _l("Lives in another township"),
    },
)
words.say(
    Due,
    {
        Due.running: _l("Runs"),
        Due.soon: _l("Ends soon"),
        Due.overdue: _l("Overdue"),
    },
)
words.say(
    Proposal,
    {
        Proposal.of_age: _l("Turns 18 by the end of the quarter: leaves the ledger"),
        Proposal.parents_returned: _l("By the facts nobody is away any more: to leave?"),
        Proposal.no_category: _l("No category holds any more: to leave?"),
        Proposal.moved_away: _l("A visit or screening found that the family moved: to leave?"),
        Proposal.double: _l("Another open file has the same name, birth date and sex: a double?"),
        Proposal.sixteen: _l(
            "Turns 16 in the quarter: stays on file, and is no longer counted nationally as left "
            "behind"
        ),
    },
)
words.say(
    ReviewRefusal,
    {
        ReviewRefusal.signed_already: _l(
            "This review is signed off: nothing in it changes any more. A mistake can be noted "
            "as a later correction."
        ),
        ReviewRefusal.files_open: _l(
            "%(number)d files have no answer yet: %(files)s. Please confirm, change or close them "
            "first."
        ),
        ReviewRefusal.answered_already: _l("This file is answered already."),
        ReviewRefusal.come_of_age: _l(
            "This young person is 18: the file cannot be confirmed, please close it."
        ),
        ReviewRefusal.lives_elsewhere: _l("The family lives in another township now."),
        ReviewRefusal.nothing_ticked: _l("No file is ticked yet"),
        ReviewRefusal.not_signed: _l("Only what is signed off is corrected by a note."),
    },
)


def quarter(one: Quarter) -> str:
    """2026年第3季度."""
    return gettext("Quarter %(number)d of %(year)d", number=one.number, year=one.year)
