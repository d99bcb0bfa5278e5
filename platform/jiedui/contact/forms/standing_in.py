"""Asking somebody to stand in, and answering."""

from __future__ import annotations

from wtforms import RadioField

from jiedui.contact import candidates
from jiedui.contact.models import PlannedSession
from jiedui.core.forms import Form, required
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.pages import km


class AskForm(Form):
    """Who is asked."""

    helper = RadioField(_l("Who is asked"), [required(_l("Please choose one"))])

    @property
    def helper_id(self) -> int:
        """The chosen helper's number; 0 for what is none."""
        raw = str(self.helper.data or "")
        return int(raw) if raw.isdigit() else 0


def ask_form(session: PlannedSession) -> AskForm:
    """The form with those who could stand in, the best first."""
    form = AskForm(data={"version": str(session.version)})
    form.helper.choices = [(str(c.helper.id), _words(c)) for c in candidates.stand_ins(session)]
    return form


def _words(one: candidates.StandIn) -> str:
    unit = one.helper.unit.name if one.helper.unit else ""
    return " · ".join(
        part for part in (one.helper.name, unit, km(one.km) if one.km else "") if part
    )
