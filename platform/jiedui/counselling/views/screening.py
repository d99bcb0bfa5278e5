"""Screenings of schools: for counsellors alone, every look on record."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.counselling.actions import screening as actions
from jiedui.counselling.forms.screening import ScreeningForm
from jiedui.counselling.models import PupilScreening
from jiedui.counselling.queries import screening as queries
from jiedui.counselling.rules.screening import MUST_ANSWER, Finding, counts
from jiedui.counselling.views.blueprint import bp

LEAST_FIRST = list(Finding)


@bp.get("/counselling/screenings")
@requires(Permission.counselling_work)
def screenings() -> str:
    """A county's screenings with their sums; urgent results that nobody has answered stand
    first."""
    county = actor().county_id
    rows = [(one, counts(r.finding for r in one.results)) for one in queries.of_county(county)]
    return render_template(
        "counselling/screenings.html", rows=rows, unanswered=queries.unanswered(county)
    )


@bp.route("/counselling/screenings/new", methods=["GET", "POST"])
@requires(Permission.counselling_work, recent=True)
def new_screening() -> Any:
    """One is typed in, or pasted from the school's sheet."""
    form = ScreeningForm(actor().county_id)
    if not form.sent():
        shown = render_template("counselling/new_screening.html", form=form)
        return (shown, 422) if form.is_submitted() else shown
    try:
        one = actions.keep_screening(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("counselling/new_screening.html", form=form)
    return done(gettext("The screening is kept."), "counselling.screening", screening_id=one.id)


@bp.get("/counselling/screenings/<int:screening_id>")
@requires(
    Permission.counselling_work, load=queries.get, logged=Act.pupil_screening_read, recent=True
)
def screening(one: PupilScreening) -> str:
    """What one says, the most urgent first, with how each urgent result was answered."""
    rows = sorted(one.results, key=lambda r: (-LEAST_FIRST.index(r.finding), r.id))
    return render_template(
        "counselling/screening.html",
        screening=one,
        rows=rows,
        sums=counts(r.finding for r in one.results),
        must=MUST_ANSWER,
    )
