"""Words for the states and outcomes of a report."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.protection.rules import News, ReportOutcome, ReportRefusal, ReportState
from jiedui.protection.words import cases, figures

__all__ = ["cases", "figures"]

words.say(
    ReportState,
    {
        ReportState.received: _l("Not read yet"),
        ReportState.read: _l("Being looked into"),
        ReportState.handled: _l("Dealt with"),
    },
)
words.say(
    ReportOutcome,
    {
        ReportOutcome.police_told: _l("The police were told"),
        ReportOutcome.visited: _l("The child was visited"),
        ReportOutcome.passed_on: _l("Passed on to the office in charge"),
        ReportOutcome.no_danger_found: _l("Looked into, no danger found"),
    },
)
words.say(
    News,
    {
        News.received: _l("It has arrived safely. Nobody has read it yet."),
        News.read: _l("It has been read, and somebody is looking into it."),
        News.police_told: _l("The police have been told."),
        News.looked_into: _l("It has been looked into."),
        News.passed_on: _l("It has been passed on to the office in charge."),
    },
)
words.say(
    ReportRefusal,
    {
        ReportRefusal.own_report: _l("Somebody else deals with a report of yours or about you"),
        ReportRefusal.not_read_yet: _l("Please read the report first"),
        ReportRefusal.no_such_helper: _l("There is no such number; it looks like V-0126"),
        ReportRefusal.nothing_found: _l(
            "Number and secret do not belong together: please look at both once more"
        ),
        ReportRefusal.answered: _l("This was answered already"),
        ReportRefusal.no_opinion: _l("No opinion has this code: please look at it once more"),
        ReportRefusal.too_many_tries: _l(
            "Too many wrong secrets: please try again in an hour, or call"
        ),
    },
)
