"""The county's school calendar."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.contact.actions import dates as actions
from jiedui.contact.forms.plan import DatesForm
from jiedui.contact.models import SchoolDates
from jiedui.contact.queries import plan as queries
from jiedui.contact.views.blueprint import bp
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def _county() -> Region:
    """The reader's county: a township has no school calendar of its own."""
    return regions.get(actor().county_id)


@bp.route("/school-dates", methods=["GET", "POST"])
@requires(Permission.calendar_set, load=_county)
def school_dates(county: Region) -> Any:
    """Holidays and weeks of exams; new days are written down below."""
    form = DatesForm()
    page = {"form": form, "dates": queries.dates(county.id)}
    if not form.sent():
        answer = render_template("contact/dates.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        said = form.kind.data, form.starts.data, form.ends.data
        actions.add(county, *said, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("contact/dates.html", **page)
    return done(gettext("The days are written down; plans follow."), "contact.school_dates")


@bp.post("/school-dates/<int:dates_id>/end")
@requires(Permission.calendar_set, load=queries.dates_with)
def end_school_dates(dates: SchoolDates) -> Any:
    """These days do not hold."""
    actions.end(dates, by=actor())
    return done(gettext("The days are taken away; plans follow."), "contact.school_dates")
