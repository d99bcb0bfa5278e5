"""What the record is narrowed to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from wtforms import SelectField

from jiedui.core.acts import Act
from jiedui.core.forms import Form, Text
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.desk.queries import Wanted
from jiedui.desk.words import ACTS


def acts() -> list[tuple[str, Any]]:
    """Every act, and any."""
    return [("", _l("any")), *((act.value, ACTS.get(act, act.value)) for act in Act)]


def _day(text: str | None) -> date | None:
    try:
        return datetime.strptime(text or "", "%Y-%m-%d").date()
    except ValueError:
        return None


class RecordForm(Form):
    """An act, and from which day to which."""

    act = SelectField(_l("What was done"), choices=acts)
    first = Text(_l("From"), needed=False, render_kw={"placeholder": "2026-11-01"})
    last = Text(_l("To"), needed=False, render_kw={"placeholder": "2026-11-30"})

    def wanted(self, before: int | None) -> Wanted:
        """What was asked for; a day that is none asks for nothing."""
        act = self.act.data
        return Wanted(
            act=Act(act) if act in set(Act) else None,
            first=_day(self.first.data),
            last=_day(self.last.data),
            before=before,
        )
