"""Classes: planning one, its page, who helps, its record."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.activities import actions
from jiedui.activities.forms.classes import class_form, helpers_form
from jiedui.activities.models import Activity, Season
from jiedui.activities.queries import classes as queries
from jiedui.activities.queries import meetings, prevention, seasons
from jiedui.activities.views.blueprint import bp
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


@bp.route("/seasons/<int:season_id>/classes/new", methods=["GET", "POST"])
@requires(Permission.class_plan, load=seasons.get_season)
def new_class(season: Season) -> Any:
    """Plan a class of a team that has signed up."""
    form = class_form(season, seasons.teams_of(season.id))
    if not form.sent():
        page = render_template("activities/class_form.html", form=form, season=season)
        return (page, 422) if form.is_submitted() else page
    try:
        made = actions.plan_class(season, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/class_form.html", form=form, season=season)
    said = gettext("The class is planned. Choose who helps.")
    return done(said, "activities.helpers", activity_id=made.id)


@bp.get("/classes/<int:activity_id>")
@requires(Permission.class_read, load=queries.get_class)
def show(activity: Activity) -> str:
    """One class: where, when, who helps, how many children come, its meetings."""
    seated = queries.seated(activity)
    return render_template(
        "activities/show.html",
        activity=activity,
        meetings=meetings.meetings_of(activity.id),
        counted=meetings.children_counted(activity.id),
        coming=sum(one.comes for one in seated),
        waiting=sum(one.waits for one in seated),
        plan=prevention.fitting(activity),
        now=clock.now(),
        today=clock.today(),
    )


@bp.route("/classes/<int:activity_id>/helpers", methods=["GET", "POST"])
@requires(Permission.class_staff, load=queries.get_class)
def helpers(activity: Activity) -> Any:
    """Tick who of the team helps."""
    team = queries.team_of(activity)
    on = [one.helper_id for one in activity.helpers_on]
    form = helpers_form(team, seasons.standing_of(team), on)
    if not form.sent():
        return render_template("activities/helpers.html", form=form, activity=activity)
    try:
        actions.put_helpers(activity, form.helpers.data or [], by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/helpers.html", form=form, activity=activity)
    said = gettext("Who helps is on record.")
    return done(said, "activities.show", activity_id=activity.id)


@bp.get("/classes/<int:activity_id>/record")
@requires(Permission.class_names, load=queries.get_class)
def record(activity: Activity) -> str:
    """What the class was, to print for the team's school: numbers, no child's name."""
    lines = meetings.record_of(activity)
    return render_template(
        "activities/record.html",
        activity=activity,
        lines=lines,
        helpers=meetings.minutes_by_helper(lines),
        today=clock.today(),
    )
