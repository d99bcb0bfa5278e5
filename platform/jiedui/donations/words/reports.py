"""Words for what a charity must publish, and why one is not written down."""

from __future__ import annotations

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.rules.reports import ReportFault, ReportKind

words.say(
    ReportKind, {ReportKind.progress: _l("Report of use"), ReportKind.final: _l("Final report")}
)
words.say(
    ReportFault,
    {
        ReportFault.not_due: _l("This report is not due, or stands here already"),
        ReportFault.before_period: _l("The time it is about was not over on this day"),
        ReportFault.in_future: _l("This day has not come yet"),
        ReportFault.not_told: _l("Please say where it is to be read"),
    },
)
