"""Words of visits: what is found, what is noticed, why a visit is refused."""

from __future__ import annotations

from jiedui.care.rules.visits import (
    CaredBy,
    Contact,
    Doing,
    Helped,
    HomeFound,
    LevelDecision,
    Noticed,
    Turn,
    VisitRefusal,
)
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    HomeFound,
    {
        HomeFound.seen: _l("Somebody was met"),
        HomeFound.nobody_home: _l("Nobody at home"),
        HomeFound.moved: _l("Moved away"),
    },
)
words.say(
    Doing,
    {
        Doing.well: _l("Well"),
        Doing.worries: _l("Some worries"),
        Doing.poorly: _l("Not well"),
    },
)
words.say(
    CaredBy,
    {
        CaredBy.parent: _l("Father or mother"),
        CaredBy.grandparent: _l("Grandparents"),
        CaredBy.relative: _l("Another relative of age"),
        CaredBy.other: _l("Neighbour or somebody else"),
        CaredBy.nobody: _l("No grown-up"),
    },
)
words.say(
    Contact,
    {
        Contact.weekly: _l("Every week"),
        Contact.less: _l("Less often"),
        Contact.none: _l("Not for a month"),
        Contact.at_home: _l("A parent lives here"),
    },
)
words.say(
    Helped,
    {
        Helped.well: _l("It goes well"),
        Helped.seldom: _l("Comes seldom"),
        Helped.trouble: _l("There is trouble"),
    },
)
words.say(
    Noticed,
    {
        Noticed.alone: _l("The children live without a grown-up"),
        Noticed.violence: _l("Signs of beating, abuse or assault"),
        Noticed.neglect: _l("Long without care, food or clothing"),
        Noticed.carer_unable: _l("The carer cannot or will not look after them"),
        Noticed.harmed: _l("Badly hurt, or speaks of harming oneself"),
        Noticed.out_of_school: _l("Out of school, or absent for long"),
        Noticed.untreated: _l("Ill and not treated"),
        Noticed.unsafe_house: _l("Danger from house, wiring, fire or water"),
        Noticed.low_spirits: _l("Low spirits, withdrawn or bullied"),
        Noticed.carer_changed: _l("Somebody else looks after them than before"),
        Noticed.money_short: _l("Not enough to live on"),
    },
)
words.say(
    Turn,
    {
        Turn.overdue: _l("Overdue"),
        Turn.soon: _l("Due within a week"),
        Turn.later: _l("Due later"),
        Turn.gone: _l("Said to have moved away"),
    },
)
words.say(
    LevelDecision,
    {LevelDecision.agree: _l("Lower it"), LevelDecision.stay: _l("Leave it as it is")},
)
words.say(
    VisitRefusal,
    {
        VisitRefusal.in_future: _l("This day has not come yet"),
        VisitRefusal.long_ago: _l("This day is more than a year ago"),
        VisitRefusal.nobody_seen: _l("Please tick which children you met"),
        VisitRefusal.not_of_this_house: _l("This child is not on file in this house"),
        VisitRefusal.unsaid: _l("Please choose one: somebody was met"),
        VisitRefusal.house_empty: _l("No file is open in this house any more"),
        VisitRefusal.corrected_already: _l("This visit has been corrected already"),
        VisitRefusal.nothing_proposed: _l("Nothing waits to be decided here"),
    },
)
