"""Children's seats: given by those who know the family, answered by guardian and child."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.activities import actions
from jiedui.activities.forms.classes import answers_form, seat_form
from jiedui.activities.models import Activity, ActivityChild
from jiedui.activities.queries import classes as queries
from jiedui.activities.views.blueprint import bp
from jiedui.children import queries as children
from jiedui.children.rules import Purpose
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


@bp.route("/classes/<int:activity_id>/seats", methods=["GET", "POST"])
@requires(Permission.class_seat, load=queries.get_class)
def seats(activity: Activity) -> Any:
    """Children of one's villages on this class, what they have said, and one child more."""
    could = queries.could_come(activity, actor())
    form = seat_form(could)
    page = {
        "form": form,
        "activity": activity,
        "rows": queries.seated(activity, actor()),
        "free": activity.seats - len(activity.children_on),
    }
    if not form.sent():
        shown = render_template("activities/seats.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    child = next(one for one in could if one.id == form.child.data)
    try:
        entry = actions.seat(activity, child, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/seats.html", **page)
    said = gettext("A seat is kept. Ask guardian and child now.")
    return done(said, "activities.answers", entry_id=entry.id)


@bp.route("/classes/seats/<int:entry_id>", methods=["GET", "POST"])
@requires(Permission.class_answer, load=queries.get_entry)
def answers(entry: ActivityChild) -> Any:
    """At the door: what guardian and child say of this class."""
    form = answers_form(entry)
    said = children.stands(entry.child, Purpose.activity, entry.activity_id)
    page = {"form": form, "entry": entry, "activity": entry.activity, "said": said}
    if not form.sent():
        shown = render_template("activities/answers.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.hear(entry, form.said(entry), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/answers.html", **page)
    words = gettext("The answers are on record.")
    return done(words, "activities.seats", activity_id=entry.activity_id)


@bp.post("/classes/seats/<int:entry_id>/free")
@requires(Permission.class_answer, load=queries.get_entry)
def free(entry: ActivityChild) -> Any:
    """A child does not come, or no longer."""
    actions.unseat(entry, by=actor())
    return done(gettext("The seat is free."), "activities.seats", activity_id=entry.activity_id)
