"""Words for learned weights."""

from __future__ import annotations

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.pairings.rules.scoring import Grouping, ScoringRefusal, ScoringState, Verdict

words.say(
    ScoringState,
    {
        ScoringState.learning: _l("Learning"),
        ScoringState.draft: _l("To be looked at"),
        ScoringState.active: _l("Counts now"),
        ScoringState.retired: _l("Switched off"),
        ScoringState.failed: _l("Did not work"),
    },
)
words.say(
    Verdict,
    {
        Verdict.too_few: _l("Too few outcomes"),
        Verdict.one_sided: _l("Too few of one kind"),
        Verdict.not_better: _l("Not surely better"),
        Verdict.better: _l("Surely better"),
    },
)
words.say(
    Grouping,
    {
        Grouping.sex: _l("Boys and girls"),
        Grouping.category: _l("Categories"),
        Grouping.township: _l("Townships"),
    },
)
words.say(
    ScoringRefusal,
    {
        ScoringRefusal.runs: _l("The platform is learning already. Please wait until it is done."),
        ScoringRefusal.not_better: _l(
            "These weights are not surely better than the county's own and cannot be switched on."
        ),
        ScoringRefusal.wrong_state: _l("This cannot be done now. Please look at the page again."),
    },
)
