"""Themed events: all of them, planning one, the register of material, who waits for a seat."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.activities import actions
from jiedui.activities.forms.events import MaterialForm, plan_event_form
from jiedui.activities.models import ActivityWait, TeachingMaterial
from jiedui.activities.queries import classes, meetings
from jiedui.activities.queries import events as queries
from jiedui.activities.rules import ActivityKind
from jiedui.activities.rules.events import Theme
from jiedui.activities.views.blueprint import bp
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.core.forms.choices import member_or_none
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused

EVENT = ActivityKind.themed_event


@bp.get("/events")
@requires(Permission.event_read)
def events() -> str:
    """Events to come and of the last year, with whatever waits."""
    who, theme = actor(), member_or_none(Theme)(request.args.get("theme"))
    tells, confirms = (may(who, one) for one in (Permission.class_tell, Permission.class_confirm))
    to_tell = meetings.to_tell(who) if tells else []
    to_confirm = meetings.to_confirm(who) if confirms else []
    return render_template(
        "activities/events.html",
        rows=queries.events_for(who, theme),
        theme=theme,
        themes=list(Theme),
        to_tell=[one for one in to_tell if one.kind is EVENT],
        to_confirm=[one for one in to_confirm if one.kind is EVENT],
        today=clock.today(),
    )


@bp.route("/events/new", methods=["GET", "POST"])
@requires(Permission.event_plan)
def new_event() -> Any:
    """Plan an event; a page may lead here with a theme and a place."""
    asked = request.args.get("place", type=int)
    form = plan_event_form(request.args.get("theme", ""), asked)
    if not form.sent():
        page = render_template("activities/event_form.html", form=form)
        return (page, 422) if form.is_submitted() else page
    try:
        made = actions.plan_event(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/event_form.html", form=form)
    said = gettext("The event is planned.")
    if not made.open:
        said = gettext("The event is planned; it is open once an office has agreed.")
    return done(said, "activities.show", activity_id=made.id)


@bp.get("/events/materials")
@requires(Permission.material_read)
def materials() -> str:
    """The register of approved material."""
    rows = queries.materials(actor().county_id, withdrawn=True)
    return render_template("activities/materials.html", rows=rows)


@bp.route("/events/materials/new", methods=["GET", "POST"])
@requires(Permission.material_approve)
def new_material() -> Any:
    """Put material on the register."""
    form = MaterialForm()
    if not form.sent():
        page = render_template("activities/material_form.html", form=form)
        return (page, 422) if form.is_submitted() else page
    said = form.theme.data, form.title.data, form.publisher.data, form.on.data
    try:
        actions.approve_material(*said, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/material_form.html", form=form)
    return done(gettext("The material is on the register."), "activities.materials")


@bp.post("/events/materials/<int:material_id>/withdraw")
@requires(Permission.material_approve, load=queries.get_material)
def withdraw_material(one: TeachingMaterial) -> Any:
    """It is approved no longer."""
    try:
        actions.withdraw_material(one, by=actor())
    except Refusal:
        return done(gettext("It was withdrawn already."), "activities.materials")
    return done(gettext("It serves no new event."), "activities.materials")


@bp.post("/classes/waiting/<int:wait_id>/leave")
@requires(Permission.class_answer, load=classes.get_wait)
def leave_line(one: ActivityWait) -> Any:
    """A child does not wait any more."""
    actions.leave_line(one, by=actor())
    said = gettext("It does not wait any more.")
    return done(said, "activities.seats", activity_id=one.activity_id)
