"""Moving a session, calling one off, writing holidays and weeks of exams down."""

from __future__ import annotations

from datetime import date

from wtforms import RadioField

from jiedui.contact.models import PlannedSession
from jiedui.contact.queries import plan as queries
from jiedui.contact.rules.plan import SAID, DatesKind, LeftOut, Turn
from jiedui.core import words
from jiedui.core.forms import Choice, Day, Form, required
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.pages import day


class MoveForm(Form):
    """To which of the suggested times a session is moved."""

    to = RadioField(_l("New time"), [required(_l("Please choose one of the times"))])

    @property
    def turn(self) -> Turn:
        """The chosen time."""
        on, _, slot = str(self.to.data).partition("/")
        return Turn(date.fromisoformat(on), int(slot))


def spoken(turn: Turn) -> str:
    """A time as people say it."""
    hours = gettext(
        "%(starts)s to %(ends)s", starts=f"{turn.starts:%H:%M}", ends=f"{turn.ends:%H:%M}"
    )
    return f"{day(turn.on)} {hours}"


def move_form(session: PlannedSession) -> MoveForm:
    """The form with the next common times."""
    form = MoveForm(data={"version": str(session.version)})
    times = queries.other_times(session)
    form.to.choices = [(f"{turn.on.isoformat()}/{turn.slot}", spoken(turn)) for turn in times]
    return form


class CancelForm(Form):
    """Why a session does not take place."""

    reason = Choice(_l("Why?"), LeftOut, *SAID)


def cancel_form(session: PlannedSession, *, own: bool) -> CancelForm:
    """The form; a helper speaks of themselves first."""
    form = CancelForm(data={"version": str(session.version)})
    order = SAID if own else (LeftOut.family_cannot, LeftOut.helper_cannot, LeftOut.other_reason)
    form.reason.choices = words.choices(LeftOut, *order)
    return form


class DatesForm(Form):
    """Holidays or a week of exams of the county's schools."""

    kind = Choice(_l("What it is"), DatesKind)
    starts = Day(_l("First day"))
    ends = Day(_l("Last day"))
