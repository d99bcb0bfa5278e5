"""What prevention has reached, and the plan: what is to be reached by when, and how far it is."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.activities import actions
from jiedui.activities.forms.prevention import target_form
from jiedui.activities.models import PreventionTarget
from jiedui.activities.queries import prevention as queries
from jiedui.activities.rules.events import Theme
from jiedui.activities.rules.prevention import Reach
from jiedui.activities.views.blueprint import bp
from jiedui.care.rules.statement import AgeBand
from jiedui.core.errors import Missing, Refusal
from jiedui.core.forms import Form
from jiedui.core.forms.choices import member_or_none
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def _county() -> Region:
    """The reader's county: the plan holds for all of it."""
    return regions.get(actor().county_id)


@bp.get("/prevention")
@requires(Permission.prevention_read)
def coverage() -> str:
    """Each theme: how many schools and villages it reached, how many children."""
    scope = actor().scope
    return render_template(
        "activities/coverage.html",
        rows=queries.overview(scope),
        all_schools=len(queries.spots(scope, Reach.schools)),
        all_villages=len(queries.spots(scope, Reach.villages)),
        plan=queries.progress(actor().county_id),
        place=regions.at(scope).name,
    )


@bp.get("/prevention/<theme>")
@requires(Permission.prevention_read)
def theme_coverage(theme: str) -> str:
    """One theme school by school or village by village: what has had nothing stands first."""
    about = member_or_none(Theme)(theme)
    if about is None:
        raise Missing
    reach = member_or_none(Reach)(request.args.get("reach")) or Reach.schools
    town = regions.division(request.args.get("town", 0, type=int), actor().scope)
    path = town.path if town else actor().scope
    rows = queries.coverage(path, about, reach)
    wide = reach is Reach.villages and len(regions.townships(path)) > 1
    return render_template(
        "activities/theme_coverage.html",
        theme=about,
        reach=reach,
        reaches=list(Reach),
        town=town,
        towns=queries.by_township(path, about) if wide else [],
        rows=rows,
        bands=list(AgeBand),
        missing=sum(not had.times for _, had in rows),
    )


@bp.get("/prevention/plan")
@requires(Permission.prevention_read)
def plan() -> str:
    """The county's plan and how far each line has got."""
    rows = queries.progress(actor().county_id)
    return render_template("activities/plan.html", rows=rows, form=Form())


@bp.route("/prevention/plan/new", methods=["GET", "POST"])
@requires(Permission.prevention_plan, load=_county)
def new_target(county: Region) -> Any:
    """Put a line into the plan."""
    form = target_form(None)
    if not form.sent():
        page = render_template("activities/target_form.html", form=form, target=None)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.set_target(county, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/target_form.html", form=form, target=None)
    return done(gettext("The line is in the plan."), "activities.plan")


@bp.route("/prevention/plan/<int:target_id>", methods=["GET", "POST"])
@requires(Permission.prevention_plan, load=queries.get_target)
def change_target(one: PreventionTarget) -> Any:
    """Set a line anew."""
    form = target_form(one)
    if not form.sent():
        page = render_template("activities/target_form.html", form=form, target=one)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.change_target(one, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/target_form.html", form=form, target=one)
    return done(gettext("The line is changed."), "activities.plan")


@bp.post("/prevention/plan/<int:target_id>/drop")
@requires(Permission.prevention_plan, load=queries.get_target)
def drop_target(one: PreventionTarget) -> Any:
    """A line is planned no longer."""
    actions.drop_target(one, by=actor(), version=Form().submitted_version)
    return done(gettext("The line is out of the plan."), "activities.plan")
