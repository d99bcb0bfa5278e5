"""Planning a class, who helps, a seat for a child, what guardian and child say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from jiedui.access.guard import actor
from jiedui.activities.actions import Answers
from jiedui.activities.forms.seasons import Ticks
from jiedui.activities.models import ActivityChild, Season, SeasonMember
from jiedui.activities.queries.classes import OfUnit
from jiedui.activities.rules import SEATS_MOST, ClassSaid
from jiedui.children.actions import ConsentSaid, ViewSaid
from jiedui.children.models import Child
from jiedui.children.rules import Answer, AskedHow, Means, Purpose
from jiedui.core import words
from jiedui.core.forms import Choice, Clock, Day, Form, Number, SharedLine, Text, required
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.helpers.queries import Standing
from jiedui.partners.forms import PlacePicker

WEEK = (
    _l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"),
    _l("Sunday"),
)  # fmt: skip


class ClassPlace(PlacePicker):
    """A place in the region of whoever plans."""

    @property
    def scope(self) -> str:  # type: ignore[override]
        """The region of the chosen role."""
        return actor().scope


class ClassForm(Form):
    """A class: what, who, where, when, how many children."""

    title = SharedLine(
        _l("What the class is about"), longest=40, description=_l("For example: drawing and sums")
    )
    unit = SelectField(_l("Team"), [required()], coerce=int)
    place = ClassPlace()
    seats = Number(_l("Seats for children"), least=1, most=SEATS_MOST)
    starts = Day(_l("First day of the class"))
    ends = Day(_l("Last day of the class"))
    weekdays = Ticks(_l("On which weekdays"))
    begins_at = Clock(_l("Beginning"))
    ends_at = Clock(_l("End"))

    def said(self) -> ClassSaid:
        """What the form says."""
        return ClassSaid(
            title=self.title.data,
            unit_id=self.unit.data,
            place_id=self.place.data.id,
            seats=self.seats.data,
            starts=self.starts.data,
            ends=self.ends.data,
            weekdays=frozenset(self.weekdays.data or ()),
            begins_at=self.begins_at.data,
            ends_at=self.ends_at.data,
        )


def class_form(season: Season, teams: Sequence[tuple[int, str]]) -> ClassForm:
    """Weekdays from nine to half past eleven, for the whole campaign: most classes are so."""
    form = ClassForm(
        data={
            "starts": season.starts, "ends": season.ends, "weekdays": list(range(5)), "seats": 20,
            "begins_at": time(9), "ends_at": time(11, 30),
        }
    )  # fmt: skip
    form.unit.choices, form.weekdays.choices = list(teams), list(enumerate(WEEK))
    return form


class HelpersForm(Form):
    """Who of the team helps on a class."""

    helpers = Ticks(_l("Who helps"))


def helpers_form(
    team: Sequence[SeasonMember | OfUnit], standing: dict[int, Standing], on: Sequence[int]
) -> HelpersForm:
    """The team's members, each with whether the checks are complete."""
    form = HelpersForm(data={"helpers": list(on)})
    said = {True: gettext("cleared"), False: gettext("checks not complete")}
    form.helpers.choices = [
        (one.helper_id, f"{one.helper.name} · {said[standing[one.helper_id].cleared]}")
        for one in team
    ]
    return form


def _number(value: Any) -> int | None:
    return int(value) if value else None


class SeatForm(Form):
    """Which child gets a seat; nobody is chosen beforehand."""

    child = SelectField(_l("Child"), [required(_l("Please choose a child"))], coerce=_number)


def seat_form(could: Sequence[Child]) -> SeatForm:
    """Children of the director's own villages."""
    form = SeatForm()
    named = [(one.id, f"{one.name} · {one.village.name}") for one in could]
    form.child.choices = [("", "–"), *named] if named else []
    return form


class AnswersForm(Form):
    """What guardian and child say of a class; what was not asked yet stays empty."""

    consent = Choice(_l("The guardian's answer"), Answer, needed=False)
    guardian = RadioField(_l("Which guardian"), [Optional()], coerce=str)
    means = Choice(_l("How it was given"), Means, Means.paper, Means.telephone, needed=False)
    paper_holder = Text(_l("Who keeps the paper"), needed=False)
    paper_where = Text(_l("Where it lies"), needed=False)
    phone_number = Text(_l("Number called"), needed=False, longest=20)
    second_person = Text(_l("Who listened too"), needed=False)
    view = Choice(_l("What the child says"), Answer, needed=False)
    how = Choice(_l("How the child was asked"), AskedHow, needed=False)

    def said(self, entry: ActivityChild) -> Answers:
        """What the form says."""
        return Answers(self._guardian(entry), self._view(entry))

    def _guardian(self, entry: ActivityChild) -> tuple[int, ConsentSaid] | None:
        if self.consent.data is None or not self.guardian.data:
            return None
        said = ConsentSaid(
            self.consent.data, self.means.data or Means.paper, Purpose.activity, entry.activity_id,
            self._evidence(),
        )  # fmt: skip
        return int(self.guardian.data), said

    def _evidence(self) -> dict[str, Any]:
        """The proof that goes with the way the guardian answered."""
        if self.means.data is Means.telephone:
            said = {"number": self.phone_number.data, "second_person": self.second_person.data}
        else:
            said = {"holder": self.paper_holder.data, "where": self.paper_where.data}
        return {name: value or "" for name, value in said.items()}

    def _view(self, entry: ActivityChild) -> ViewSaid | None:
        if self.view.data is None:
            return None
        how = self.how.data or AskedHow.alone
        return ViewSaid(self.view.data, how, Purpose.activity, entry.activity_id)


def answers_form(entry: ActivityChild) -> AnswersForm:
    """The form for a child, with what is likely filled in."""
    deciding = [one for one in entry.child.household.guardians if one.is_guardian]
    first = next(iter(deciding), None)
    form = AnswersForm(
        data={
            "guardian": str(first.id) if first else None, "means": Means.paper,
            "how": AskedHow.alone, "paper_holder": actor().name,
            "paper_where": gettext("Village office"), "phone_number": first.phone if first else "",
            "version": str(entry.version),
        }
    )  # fmt: skip
    form.guardian.choices = [(str(g.id), f"{g.name} · {words.label(g.relation)}") for g in deciding]
    return form
