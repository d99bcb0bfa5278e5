"""Forms of what a school has: teachers, visits of experts, pupils."""

from __future__ import annotations

from jiedui.core import clock
from jiedui.core.forms import Choice, Day, Form, Number, Text
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.counselling.actions.schools import TeacherSaid, VisitSaid
from jiedui.counselling.rules.schools import Post, Qualification, Theme


class TeacherForm(Form):
    """A psychology teacher."""

    name = Text(_l("Name"), longest=40)
    post = Choice(_l("Full-time or part-time"), Post)
    qualification = Choice(_l("Qualification"), Qualification)
    since = Day(_l("At the school since"), past=True)

    def said(self) -> TeacherSaid:
        """What the form says."""
        return TeacherSaid(self.name.data, self.post.data, self.qualification.data, self.since.data)


class LeaveForm(Form):
    """A teacher has left."""

    on = Day(_l("Last day at the school"), past=True, default=clock.today)


class VisitForm(Form):
    """A visit of an expert."""

    expert = Text(_l("Expert, with unit"), longest=80)
    on_day = Day(_l("Day"), past=True, default=clock.today)
    theme = Choice(_l("Theme"), Theme)
    pupils = Number(_l("Pupils who were there"), least=0, most=20_000)

    def said(self) -> VisitSaid:
        """What the form says."""
        return VisitSaid(self.expert.data, self.on_day.data, self.theme.data, self.pupils.data)


class RollForm(Form):
    """How many pupils a school has."""

    pupils = Number(_l("Number of pupils"), least=1, most=20_000)
