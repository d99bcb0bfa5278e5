"""Words for promises of places, work and people."""

from __future__ import annotations

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.rules.pledges import PledgeKind, PledgeRefusal, PledgeState

words.say(
    PledgeKind,
    {
        PledgeKind.place: _l("A place for activities"),
        PledgeKind.jobs: _l("Work near home"),
        PledgeKind.people: _l("Employees as volunteers"),
    },
)
words.say(
    PledgeState,
    {
        PledgeState.offered: _l("Waits for an office"),
        PledgeState.taken_up: _l("Taken up"),
        PledgeState.declined: _l("Not needed"),
        PledgeState.over: _l("Over"),
    },
)
words.say(
    PledgeRefusal,
    {
        PledgeRefusal.giver_missing: _l(
            "Choose a unit, or give the name and telephone of a person"
        ),
        PledgeRefusal.of_a_unit: _l("A unit offers its people; a person registers as a volunteer"),
        PledgeRefusal.days_wrong: _l("This day is over, or before the first one"),
        PledgeRefusal.not_now: _l("Somebody has answered it meanwhile"),
    },
)
