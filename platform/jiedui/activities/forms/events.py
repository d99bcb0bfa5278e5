"""Planning a themed event, the register of material, what is told of a meeting, a pupil."""

from __future__ import annotations

from datetime import time, timedelta
from enum import StrEnum
from typing import Any

from wtforms import BooleanField, RadioField, SelectField

from jiedui.access.guard import actor
from jiedui.access.rules import Role
from jiedui.activities.actions import Held
from jiedui.activities.forms.classes import WEEK
from jiedui.activities.forms.lists import TellForm, tell_fields
from jiedui.activities.forms.seasons import Ticks
from jiedui.activities.models import ActivityMeeting, TeachingMaterial
from jiedui.activities.queries import events as queries
from jiedui.activities.rules import SEATS_MOST
from jiedui.activities.rules.events import (
    OTHERS_MOST,
    REACHED_MOST,
    Audience,
    EventForm,
    EventSaid,
    Theme,
)
from jiedui.care.rules.statement import AgeBand
from jiedui.core import clock, words
from jiedui.core.forms import Clock, Day, Form, Number, SharedLine, Text, required
from jiedui.core.forms.choices import member_or_none, one_or_none
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.partners import queries as partners
from jiedui.partners.forms import PlacePicker

EVERY_DAY = frozenset(range(7))


class EventPlace(PlacePicker):
    """A place within reach: the region of an office, the county for a school or unit."""

    @property
    def scope(self) -> str:  # type: ignore[override]
        """The path within which it lies."""
        return partners.reach(actor())


def _number(value: Any) -> int | None:
    return int(value) if value else None


def one_of(label: Any, kind: type[StrEnum]) -> SelectField:
    """One of an enumeration from a list; nothing is chosen beforehand."""
    return SelectField(
        label,
        [required(_l("Please choose one"))],
        coerce=member_or_none(kind),
        choices=lambda: [("", "–"), *words.choices(kind)],
        validate_choice=False,
    )


class PlanEventForm(Form):
    """An event: what about, where, when, for whom, and what a risky one needs."""

    title = SharedLine(
        _l("Title of the event"), longest=40,
        description=_l("For example: how to stay safe near water"),
    )  # fmt: skip
    theme = one_of(_l("Theme"), Theme)
    how = one_of(_l("How it is held"), EventForm)
    co_host = SharedLine(
        _l("Who holds it too"), needed=False, longest=60,
        description=_l("For example: the police station, the fire brigade"),
    )  # fmt: skip
    place = EventPlace()
    starts = Day(_l("First day"), future=True)
    ends = Day(_l("Last day"), future=True, description=_l("The same day when it is held once"))
    weekdays = Ticks(
        _l("On which weekdays"), description=_l("Only where it is held on several days")
    )
    begins_at = Clock(_l("Beginning"))
    ends_at = Clock(_l("End"))
    seats = Number(
        _l("Seats for children"), least=1, most=SEATS_MOST, needed=False,
        description=_l("Children of the register are signed up, guardian and child are asked"),
    )  # fmt: skip
    audience = one_or_none(
        _l("Or a whole school, grade or village comes"), Audience,
        description=_l("Nobody is named: who holds it says how many came"),
    )  # fmt: skip
    expected = Number(
        _l("How many children are expected"), least=1, most=REACHED_MOST, needed=False
    )
    risky = BooleanField(
        _l("Risky: water, heights, travel and the like"),
        description=_l("Needs insurance, and every guardian's yes: by seats only"),
    )
    insurance = Text(_l("Number of the insurance"), needed=False, longest=60)
    material = SelectField(
        _l("Approved material"), coerce=_number, validate_choice=False,
        description=_l("Needed for self-protection and sexuality education"),
    )  # fmt: skip

    def said(self) -> EventSaid:
        """What the form says. Several days without a weekday: every day."""
        ticked = frozenset(self.weekdays.data or ())
        once = self.starts.data == self.ends.data
        return EventSaid(
            title=self.title.data,
            theme=self.theme.data,
            form=self.how.data,
            co_host=self.co_host.data or "",
            place_id=self.place.data.id,
            starts=self.starts.data,
            ends=self.ends.data,
            weekdays=EVERY_DAY if once or not ticked else ticked,
            begins_at=self.begins_at.data,
            ends_at=self.ends_at.data,
            seats=self.seats.data or 0,
            audience=self.audience.data,
            expected=self.expected.data,
            risky=bool(self.risky.data),
            insurance=self.insurance.data or "",
            material_id=self.material.data,
        )


def plan_event_form(theme: str, place_id: int | None) -> PlanEventForm:
    """An afternoon in two weeks; the theme a page led here with, and a school's own place."""
    who, day = actor(), clock.today() + timedelta(days=14)
    place = _place(place_id, who)
    form = PlanEventForm(
        data={
            "theme": member_or_none(Theme)(theme), "starts": day, "ends": day, "place": place,
            "begins_at": time(14, 30), "ends_at": time(16),
        }
    )  # fmt: skip
    form.weekdays.choices = list(enumerate(WEEK))
    named = [(one.id, material_words(one)) for one in queries.materials(who.county_id)]
    form.material.choices = [("", "–"), *named]
    return form


def _place(place_id: int | None, who: Any) -> Any:
    if place_id is not None:
        return partners.place(place_id, partners.reach(who))
    return partners.place_of_unit(who.unit_id) if who.role is Role.school_worker else None


def material_words(one: TeachingMaterial) -> str:
    """How material is spoken of."""
    return f"{words.label(one.theme)} · {one.title} · {one.publisher}"


class MaterialForm(Form):
    """Material an office has approved."""

    theme = one_of(_l("Theme"), Theme)
    title = Text(_l("Title of the material"), longest=80)
    publisher = Text(_l("Publisher"), longest=80)
    on = Day(_l("Approved on"), past=True, default=clock.today)


class PupilForm(Form):
    """A pupil of the own school by name: no list is shown, it would say whose families are on
    file."""

    pupil = Text(_l("Pupil's name"), longest=40)
    birth_date = Day(_l("Birth date"), needed=False, past=True)


class EventTellForm(TellForm):
    """Of an event also how many other adults were there; by count how many children by age."""

    bands: tuple[AgeBand, ...] = ()
    others = Number(
        _l("Other adults who were there"), least=0, most=OTHERS_MOST,
        description=_l("Teachers, police, people of the office: two adults at least with helpers"),
    )  # fmt: skip

    def counted(self) -> list[Any]:
        """The fields of figures, by age."""
        return [self._fields[f"band_{one.value}"] for one in self.bands]

    def held(self) -> Held:
        """What the form says beside the helpers."""
        figures = {one: self._fields[f"band_{one.value}"].data or 0 for one in self.bands}
        return Held(self.others.data or 0, figures)


def event_tell_form(meeting: ActivityMeeting) -> EventTellForm:
    """A row for every helper, the other adults, and by count a figure for each age, with what was
    said before."""
    fields, filled = tell_fields(meeting)
    told = {one.band: one.number for one in meeting.counts}
    bands = tuple(AgeBand) if meeting.counted else ()
    for one in bands:
        fields[f"band_{one.value}"] = Number(
            words.label_of(one), least=0, most=REACHED_MOST, needed=False
        )
        filled[f"band_{one.value}"] = told.get(one)
    if meeting.adults is not None:
        filled["others"] = meeting.adults - len(meeting.came)
    kind: type[EventTellForm] = type("EventAllForm", (EventTellForm,), {**fields, "bands": bands})
    return kind(data=filled)


class Looked(StrEnum):
    """What an office says of an event."""

    agreed = "agreed"
    refused = "refused"


class LookForm(Form):
    """Whether an office agrees to an event of a unit or school, and why not."""

    answer = RadioField(
        _l("What does the office say?"),
        [required(_l("Please choose one"))],
        choices=lambda: [
            (Looked.agreed.value, gettext("Agree: it is open")),
            (Looked.refused.value, gettext("Do not agree: it is not held")),
        ],
    )
    reason = SharedLine(
        _l("Why the office does not agree"), needed=False, longest=200,
        description=_l("Whoever planned it reads it"),
    )  # fmt: skip

    @property
    def agreed(self) -> bool:
        """Whether it is open from now on."""
        return bool(self.answer.data == Looked.agreed)
