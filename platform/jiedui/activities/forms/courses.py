"""Planning a course, signing somebody up, the list of those who came."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from wtforms import SelectField

from jiedui.access.guard import actor
from jiedui.activities.forms.classes import ClassPlace
from jiedui.activities.forms.seasons import Ticks
from jiedui.activities.models import Course, CourseSession
from jiedui.activities.queries import courses as queries
from jiedui.activities.rules.courses import (
    COURSE_SEATS_MOST,
    HOLDS,
    MINUTES,
    SESSIONS_MOST,
    SHARE,
    CourseDay,
    CourseFor,
    CourseSaid,
)
from jiedui.core import clock
from jiedui.core.forms import (
    REQUIRED,
    Choice,
    Clock,
    Day,
    Form,
    Number,
    SharedLine,
    SharedText,
    required,
)
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.pages import day
from jiedui.partners import queries as partners
from jiedui.partners.models import Place

ROWS = range(2, SESSIONS_MOST + 1)  # of the form, beside the first day


class CourseForm(Form):
    """A course: what, for whom, by whom, where and when, how long it counts."""

    title = SharedLine(_l("Title of the course"), longest=60)
    content = SharedText(
        _l("What is taught"), needed=True, longest=400,
        description=_l("Those who could come read it: no names"),
    )  # fmt: skip
    audience = Choice(_l("Whom the course is for"), CourseFor)
    unit = SelectField(
        _l("Which unit holds it"), [required()], coerce=int,
        description=_l("Its people tell who came; an office confirms the list"),
    )  # fmt: skip
    place = ClassPlace(
        _l("Where"), needed=False,
        description=_l("Left empty: everybody reads at home and is asked by telephone at the time"
                       " below"),
    )  # fmt: skip
    day = Day(_l("Day"), future=True)
    begins_at = Clock(_l("Beginning"))
    ends_at = Clock(_l("End"))
    share = Number(
        _l("Passed by whoever came to this many of a hundred"), least=SHARE[0], most=SHARE[1],
        needed=False, description=_l("100: to every day"),
    )  # fmt: skip
    minutes = Number(
        _l("Minutes that count"), least=MINUTES[0], most=MINUTES[1], needed=False,
        description=_l("All days together; left empty: as long as it lasts"),
    )  # fmt: skip
    seats = Number(_l("Seats"), least=1, most=COURSE_SEATS_MOST)
    holds_months = Number(_l("For how many months it counts"), least=HOLDS[0], most=HOLDS[1])

    def further(self) -> list[tuple[int, Any, Any, Any]]:
        """The rows of the second day and those after it: which, its day, beginning and end."""
        found = self._fields
        names = ("day", "begins_at", "ends_at")
        return [(n, *(found[f"{one}_{n}"] for one in names)) for n in ROWS]

    def validate(self, extra_validators: Any = None) -> bool:
        """A day that is begun is said to its end; of a reading somebody says what counts."""
        good = super().validate(extra_validators)
        missing = [
            field for _n, *row in self.further() if any(one.data for one in row)
            for field in row if not field.data and not field.errors
        ]  # fmt: skip
        if self.minutes.data is None and not self.minutes.errors and self.place.data is None:
            missing.append(self.minutes)
        for field in missing:
            field.errors = [*field.errors, str(REQUIRED)]
        return good and not missing

    def said(self) -> CourseSaid:
        """What the form says."""
        place: Place | None = self.place.data  # type: ignore[assignment]
        more = [
            CourseDay(on.data, begun.data, over.data, n)
            for n, on, begun, over in self.further()
            if on.data
        ]
        return CourseSaid(
            title=self.title.data,
            content=self.content.data,
            audience=self.audience.data,
            unit_id=self.unit.data,
            place_id=place.id if place else None,
            day=self.day.data,
            begins_at=self.begins_at.data,
            ends_at=self.ends_at.data,
            more=tuple(more),
            share=self.share.data or SHARE[1],
            minutes=self.minutes.data,
            seats=self.seats.data,
            holds_months=self.holds_months.data,
        )


def course_form() -> CourseForm:
    """Two hours on a morning in two weeks, for thirty people, counting for two years."""
    fields: dict[str, Any] = {}
    for n in ROWS:
        fields[f"day_{n}"] = Day(gettext("Day %(num)d", num=n), needed=False, future=True)
        fields[f"begins_at_{n}"] = Clock(_l("Beginning"), needed=False)
        fields[f"ends_at_{n}"] = Clock(_l("End"), needed=False)
    kind: type[CourseForm] = type("DaysForm", (CourseForm,), fields)
    form = kind(
        data={
            "day": clock.today() + timedelta(days=14), "begins_at": time(9), "ends_at": time(11),
            "share": 100, "seats": 30, "holds_months": 24,
        }
    )  # fmt: skip
    units = [one for one in partners.units(actor().county_id) if one.open]
    form.unit.choices = [(one.id, one.name) for one in units]
    return form


def _number(value: Any) -> int | None:
    return int(value) if value else None


class SignForm(Form):
    """Who is signed up; nobody is chosen beforehand."""

    who = SelectField(_l("Who comes"), [required(_l("Please choose one"))], coerce=_number)


def sign_form(could: dict[int, str]) -> SignForm:
    """Those whom the actor may sign up."""
    form = SignForm()
    form.who.choices = [("", "–"), *could.items()] if could else []
    return form


class CourseListForm(Form):
    """Who came, by the numbers of members: to one session, or to each of several."""

    came = Ticks(_l("Who came"))

    def lists(self) -> list[Any]:
        """The ticks of each session, the first first."""
        return [one for name, one in self._fields.items() if name.startswith("came")]


def course_list_form(course: Course) -> CourseListForm:
    """Everybody who is on it for each session, with those ticked who were said to have come."""
    fields = {_came(one): Ticks(_who(one, course)) for one in course.sessions}
    filled: dict[str, Any] = {"version": str(course.version)}
    for one in course.sessions:
        there = [m.id for m in course.members_on if one.position in m.there]
        filled[_came(one)] = there
    kind: type[CourseListForm] = type("ListsForm", (CourseListForm,), fields)
    form = kind(data=filled)
    for ticks in form.lists():
        ticks.choices = [
            (one.id, f"{one.seat} · {queries.named(one, actor())}") for one in course.members_on
        ]
    return form


def _came(one: CourseSession) -> str:
    return "came" if one.position == 1 else f"came_{one.position}"


def _who(one: CourseSession, course: Course) -> str:
    if len(course.sessions) == 1:
        return gettext("Who came")
    return gettext("Who came on %(day)s", day=day(one.on))
