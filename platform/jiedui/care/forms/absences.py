"""Forms of absences: reporting one, and saying how it ended."""

from __future__ import annotations

from jiedui.care.rules.absences import AbsenceEnd
from jiedui.core import clock
from jiedui.core.forms import Choice, Day, Form, Text
from jiedui.core.i18n import lazy_gettext as _l


class ReportForm(Form):
    """Who is absent since when. The name is typed: no list of pupils is shown, for it would say
    whose families are on file."""

    pupil = Text(_l("Pupil's name"), longest=40)
    birth_date = Day(_l("Birth date"), needed=False, past=True)
    since = Day(_l("First day of absence"), past=True, default=clock.today)


class BackForm(Form):
    """The pupil is back."""

    on = Day(_l("Back since"), past=True, default=clock.today)


class EndForm(Form):
    """How an absence ended."""

    how = Choice(_l("What has become of it?"), AbsenceEnd)
    on = Day(
        _l("On which day"),
        needed=False,
        past=True,
        description=_l("Needed when the child is back or at another school"),
    )
