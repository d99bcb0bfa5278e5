"""Forms of a guardianship: what it becomes, and a talk with a parent before they leave."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from jiedui.access.rules import Role
from jiedui.care.actions.guardianship import TalkSaid
from jiedui.care.rules.guardianship import (
    BY_AGREEMENT,
    GROUNDS,
    Ground,
    GuardState,
    MoveSaid,
    Option,
    TalkHow,
    sayable,
)
from jiedui.children.models import Guardian
from jiedui.core import clock, words
from jiedui.core.forms import Choice, Day, Form, LongText, required
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l

YES, NO = "yes", "no"


class MoveForm(Form):
    """What a guardianship becomes, with its ground, and from which day."""

    what = SelectField(_l("Who cares for the child now, and why"), [required()])
    on = Day(_l("From which day"), past=True, default=clock.today)

    def offer(self, role: Role | None, old: GuardState) -> None:
        """Fill in what may follow, as this role may record it."""
        choices: dict[str, list[tuple[str, str]]] = {"": [("", gettext("Please choose"))]}
        for state in sayable(role, old):
            grounds = [g for g in GROUNDS[state] if g not in BY_AGREEMENT]
            if grounds:
                named = [(f"{state.value}|{g.value}", words.label(g)) for g in grounds]
                choices[words.label(state)] = named
        self.what.choices = choices

    def said(self) -> MoveSaid:
        """What was chosen."""
        state, _, ground = self.what.data.partition("|")
        return MoveSaid(GuardState(state), Ground(ground), self.on.data)


class TalkForm(Form):
    """A talk with a parent before they leave."""

    guardian = RadioField(_l("Who was talked to"), [required(_l("Please choose one"))], coerce=int)
    on = Day(_l("Day of the talk"), past=True, default=clock.today)
    how = Choice(_l("How"), TalkHow)
    option = Choice(_l("What the parents chose"), Option)
    leaves_on = Day(_l("When they leave"), needed=False)
    festival = RadioField(_l("Home at the next Spring Festival?"), [Optional()])
    note = LongText(_l("Note"), longest=300)

    def offer(self, guardians: list[Guardian]) -> None:
        """Fill in the choices."""
        self.guardian.choices = [
            (g.id, gettext("%(relation)s %(name)s", relation=words.label(g.relation), name=g.name))
            for g in guardians
        ]
        self.festival.choices = [(YES, gettext("Comes home")), (NO, gettext("Does not come home"))]

    def said(self) -> TalkSaid:
        """What was filled in."""
        known: dict[Any, bool] = {YES: True, NO: False}
        return TalkSaid(
            guardian_id=self.guardian.data,
            on=self.on.data,
            how=self.how.data,
            option=self.option.data,
            leaves_on=self.leaves_on.data,
            home_for_festival=known.get(self.festival.data),
            note=self.note.data or "",
        )
