"""Planning a small group, asking who holds it, calling a meeting off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any

from wtforms import RadioField, SelectField

from jiedui.access import queries as access
from jiedui.access.guard import actor
from jiedui.access.rules import Role
from jiedui.activities.forms.classes import WEEK, ClassPlace
from jiedui.activities.forms.seasons import Ticks
from jiedui.activities.queries.groups import MayHold
from jiedui.activities.rules import GROUP_SEATS, OFF_BY_HAND, CalledOff, GroupSaid
from jiedui.children.rules import Answer
from jiedui.core import clock
from jiedui.core.forms import Choice, Clock, Day, Form, Number, SharedLine, required
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l

TERM = timedelta(weeks=16)
WEDNESDAY = 2


class GroupForm(Form):
    """A group: what, where, who keeps the place, when, how many children."""

    title = SharedLine(
        _l("What the group does"), longest=40, description=_l("For example: reading aloud, chess")
    )
    place = ClassPlace(_l("Children's Home"))
    keeper = SelectField(
        _l("Who keeps the place open and is there the whole time"),
        [required(_l("Please choose one"))],
        coerce=lambda value: int(value) if value else None,
        description=_l("Responsible for the village or township where the home lies"),
    )
    seats = Number(_l("Seats for children"), least=GROUP_SEATS[0], most=GROUP_SEATS[1])
    starts = Day(_l("First day"), future=True)
    ends = Day(_l("Last day"), future=True, description=_l("Half a year at most"))
    weekdays = Ticks(_l("On which weekdays"))
    begins_at = Clock(_l("Beginning"))
    ends_at = Clock(_l("End"))

    def said(self) -> GroupSaid:
        """What the form says."""
        return GroupSaid(
            title=self.title.data,
            place_id=self.place.data.id,
            keeper_id=self.keeper.data,
            seats=self.seats.data,
            starts=self.starts.data,
            ends=self.ends.data,
            weekdays=frozenset(self.weekdays.data or ()),
            begins_at=self.begins_at.data,
            ends_at=self.ends_at.data,
        )


def group_form() -> GroupForm:
    """Wednesdays after school for a term, four children; directors of the office's region."""
    who, today = actor(), clock.today()
    form = GroupForm(
        data={
            "starts": today + timedelta(days=14), "ends": today + timedelta(days=14) + TERM,
            "weekdays": [WEDNESDAY], "seats": 4, "begins_at": time(16, 30), "ends_at": time(18),
        }
    )  # fmt: skip
    form.weekdays.choices = list(enumerate(WEEK))
    held = [
        one
        for role in (Role.child_director, Role.township_supervisor)
        for one in access.holders(who.county_id, role)
        if one.region.path.startswith(who.scope)
    ]
    named = {one.account_id: f"{one.region.name} · {one.account.name}" for one in held}
    form.keeper.choices = [("", "–"), *sorted(named.items(), key=lambda pair: pair[1])]
    return form


class AskForm(Form):
    """Who is asked to hold it."""

    helper = RadioField(_l("Who is asked?"), [required(_l("Please choose one"))], coerce=int)


def ask_form(could: Sequence[MayHold]) -> AskForm:
    """Those who could, the fitting ones first."""
    form = AskForm()
    form.helper.choices = [(one.helper.id, one.helper.name) for one in could]
    return form


class AskedForm(Form):
    """Whether somebody holds a group."""

    answer = Choice(_l("Would you hold this group?"), Answer)

    @property
    def yes(self) -> bool:
        """Whether they would."""
        return self.answer.data is Answer.yes


class EventAskedForm(AskedForm):
    """Whether somebody helps at an event."""

    answer = Choice(_l("Would you help at this event?"), Answer)


class OffForm(Form):
    """Why a meeting is not held."""

    reason = Choice(_l("Why is it not held?"), CalledOff, *OFF_BY_HAND)


def told_words(one: MayHold) -> list[Any]:
    """What speaks for somebody: the way, and whether they are free then."""
    far = gettext("%(km)s km from home", km=f"{one.km:.1f}") if one.km is not None else ""
    free = gettext("free at that time") if one.free else gettext("has not said free at that time")
    return [word for word in (one.helper.code, far, free) if word]
