"""Small groups: planning one, asking who holds it, their answer; who helps at an event."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.activities import actions
from jiedui.activities.forms.groups import (
    AskedForm,
    EventAskedForm,
    ask_form,
    group_form,
    told_words,
)
from jiedui.activities.models import Activity, ActivityHelper
from jiedui.activities.queries import groups as queries
from jiedui.activities.queries import meetings
from jiedui.activities.rules import ActivityKind
from jiedui.activities.views.blueprint import bp
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


@bp.route("/groups/new", methods=["GET", "POST"])
@requires(Permission.group_plan)
def new_group() -> Any:
    """Plan a group at a Children's Home."""
    form = group_form()
    if not form.sent():
        page = render_template("activities/group_form.html", form=form)
        return (page, 422) if form.is_submitted() else page
    try:
        made = actions.plan_group(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/group_form.html", form=form)
    said = gettext("The group is planned. Ask somebody to hold it.")
    return done(said, "activities.ask", group_id=made.id)


@bp.route("/groups/<int:group_id>/ask", methods=["GET", "POST"])
@requires(Permission.group_plan, load=queries.get_group)
def ask(activity: Activity) -> Any:
    """Ask one of those who could hold it."""
    could = queries.could_hold(activity)
    form = ask_form(could)
    words = {one.helper.id: told_words(one) for one in could}
    page = {"form": form, "activity": activity, "words": words}
    if not form.sent():
        shown = render_template("activities/ask.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.ask(activity, form.helper.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/ask.html", **page)
    said = gettext("They are asked; their answer comes to your desk.")
    return done(said, "activities.show", activity_id=activity.id)


@bp.route("/groups/asked/<int:asked_id>", methods=["GET", "POST"])
@requires(Permission.group_answer, load=queries.get_asked)
def asked(one: ActivityHelper) -> Any:
    """Somebody is asked to hold a group: yes or no."""
    activity = one.activity
    form = EventAskedForm() if activity.kind is ActivityKind.themed_event else AskedForm()
    page = {"form": form, "one": one, "activity": activity,
            "meetings": meetings.meetings_of(activity.id)}  # fmt: skip
    if not form.sent():
        shown = render_template("activities/asked.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.answer(one, yes=form.yes, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/asked.html", **page)
    if form.yes:
        said = gettext("Thank you. The keeper of the place has been told.")
        return done(said, "activities.show", activity_id=activity.id)
    return done(gettext("Thank you for the answer."), "desk.home")


@bp.route("/groups/held/<int:asked_id>/leave", methods=["GET", "POST"])
@requires(Permission.group_answer, load=queries.get_asked)
def leave(one: ActivityHelper) -> Any:
    """Whoever holds a group stops."""
    form, page = Form(), {"activity": one.activity, "today": clock.today()}
    if not form.sent():
        return render_template("activities/leave.html", form=form, **page)
    try:
        actions.leave(one, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/leave.html", form=form, **page)
    return done(gettext("You do not hold the group any more; the office has been told."),
                "desk.home")  # fmt: skip
