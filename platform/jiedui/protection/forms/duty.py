"""The form of the duty roster."""

from __future__ import annotations

from datetime import time

from wtforms import SelectField

from jiedui.core.forms import Choices, Clock, Form, Number, Phone, required
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.protection.actions.duty import TurnSaid
from jiedui.protection.rules.duty import Weekday


class TurnForm(Form):
    """Who is on duty when, and by which telephone."""

    account = SelectField(_l("Who"), [required(_l("Please choose one"))], coerce=int)
    days = Choices(_l("On which days"), Weekday, least=1)
    start = Clock(_l("From"), default=time(8))
    until = Clock(_l("Until"), default=time(18))
    phone = Phone(_l("Duty telephone of this person"), mobile=False)
    rank = Number(_l("Called as which"), least=1, most=9, default=1)

    def offer(self, people: list[tuple[int, str]]) -> None:
        """Who may be chosen."""
        self.account.choices = people

    def said(self) -> TurnSaid:
        """What was filled in."""
        return TurnSaid(
            account_id=self.account.data,
            days=frozenset(int(one.value) for one in self.days.data),
            start=self.start.data,
            until=self.until.data,
            phone=self.phone.data or "",
            rank=self.rank.data or 1,
        )
