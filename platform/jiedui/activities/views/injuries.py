"""Injuries: recording one, striking one out, the figures."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.activities import actions
from jiedui.activities.forms.injuries import injury_form
from jiedui.activities.models import Injury
from jiedui.activities.queries import injuries as queries
from jiedui.activities.rules.injuries import Cause, Outcome, Season, Spot, seen
from jiedui.activities.views.blueprint import bp
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.regions import queries as regions


@bp.get("/prevention/injuries")
@requires(Permission.prevention_read)
def injuries() -> str:
    """The figures of a year: exact for a county, nothing small for a township."""
    who = actor()
    years = queries.years(who.county_id)
    year = request.args.get("year", years[0], type=int)
    if year not in years:
        raise Missing
    exact, found = who.scope == regions.get(who.county_id).path, queries.of_year(who.scope, year)
    return render_template(
        "activities/injuries.html",
        figures=seen(found, exact=exact),
        before=seen(queries.of_year(who.scope, year - 1), exact=exact),
        by_township=found.by_township if exact else {},
        exact=exact,
        year=year,
        years=years,
        causes=list(Cause),
        seasons=list(Season),
        spots=list(Spot),
        outcomes=list(Outcome),
        towns=regions.townships(who.scope),
    )


@bp.route("/prevention/injuries/new", methods=["GET", "POST"])
@requires(Permission.injury_record)
def new_injury() -> Any:
    """A child was hurt: a figure, nobody's name."""
    form, mine = injury_form(), queries.own(actor())
    if not form.sent():
        page = render_template("activities/injury_form.html", form=form, mine=mine)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.record_injury(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/injury_form.html", form=form, mine=mine)
    return done(gettext("It is counted. Thank you."), "activities.new_injury")


@bp.post("/prevention/injuries/<int:injury_id>/strike")
@requires(Permission.injury_strike, load=queries.get_injury)
def strike_injury(one: Injury) -> Any:
    """It was entered by mistake."""
    try:
        actions.strike_injury(one, by=actor())
    except Refusal:
        return done(gettext("It was struck out already."), "activities.new_injury")
    return done(gettext("It counts no longer."), "activities.new_injury")
