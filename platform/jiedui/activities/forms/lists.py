"""The list of a meeting: which helpers came from when to when; which children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from wtforms import BooleanField

from jiedui.activities.forms.seasons import Ticks
from jiedui.activities.models import ActivityMeeting
from jiedui.activities.queries.classes import Seated
from jiedui.activities.queries.scans import scanned
from jiedui.activities.rules import OF_THE_PLACE, Came
from jiedui.core import clock
from jiedui.core.forms import Clock, Form
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.pages import clock_time
from jiedui.helpers.models import Helper


class TellForm(Form):
    """Who of the helpers came; the times are those of the class unless somebody says otherwise."""

    helpers: dict[int, Helper] = {}

    def rows(self) -> list[tuple[Helper, Any, Any, Any]]:
        """Each helper with the fields came, from, until."""
        found = self._fields
        return [
            (one, found[f"came_{n}"], found[f"from_{n}"], found[f"until_{n}"])
            for n, one in self.helpers.items()
        ]

    def said(self, meeting: ActivityMeeting) -> list[Came]:
        """What the form says."""
        return [
            Came(one.id, _at(meeting, begun.data), _at(meeting, ended.data))
            for one, came, begun, ended in self.rows()
            if came.data
        ]


def _at(meeting: ActivityMeeting, at: time) -> Any:
    return clock.at(meeting.on, at.hour, at.minute)


def tell_form(meeting: ActivityMeeting) -> TellForm:
    """A row for every helper of the class, with what was said before."""
    fields, filled = tell_fields(meeting)
    kind: type[TellForm] = type("AllForm", (TellForm,), fields)
    return kind(data=filled)


def tell_fields(meeting: ActivityMeeting) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of every helper who is on it, and what is filled in."""
    on = {one.helper_id: one.helper for one in meeting.activity.helpers_on}
    told = {one.helper_id: (one.start_at, one.end_at) for one in meeting.came}
    fields: dict[str, Any] = {}
    filled: dict[str, Any] = {"version": str(meeting.version)}
    for n, one in on.items():
        fields[f"came_{n}"] = BooleanField(one.name)
        fields[f"from_{n}"] = Clock(_l("Beginning"))
        fields[f"until_{n}"] = Clock(_l("End"))
        start, end = told.get(n, (meeting.start_at, meeting.end_at))
        filled |= {
            f"came_{n}": n in told or not told,
            f"from_{n}": clock.local(start).time(),
            f"until_{n}": clock.local(end).time(),
        }
    return {**fields, "helpers": on}, filled


class ConfirmForm(Form):
    """Which children came."""

    children = Ticks(_l("Which children came"))
    beside: Any = None


class GroupConfirmForm(ConfirmForm):
    """The same of a group, whose helper must not have been alone with it."""

    beside = BooleanField(_l("The keeper or another adult of the place was there the whole time"))


def _child(one: Seated, seen: Mapping[int, datetime]) -> str:
    said = f"{one.entry.child.name} · {one.entry.child.village.name}"
    at = seen.get(one.entry.id)
    if at is None:
        return said
    there = gettext("scanned %(time)s", time=clock_time(at))
    return f"{said} · {there}"


def confirm_form(meeting: ActivityMeeting, coming: Sequence[Seated]) -> ConfirmForm:
    """Every child that may come, ticked only whose slip was scanned there."""
    of_place = OF_THE_PLACE[meeting.activity.kind]
    kind = GroupConfirmForm if of_place else ConfirmForm
    seen = scanned(meeting.id)
    there = [one.entry.child_id for one in coming if one.entry.id in seen]
    form = kind(data={"version": str(meeting.version), "children": there})
    form.children.choices = [(one.entry.child_id, _child(one, seen)) for one in coming]
    form.nobody = gettext("No child on this class has both yeses")
    return form
