"""A meeting is called off; a class or group ends early."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.activities import actions
from jiedui.activities.forms.groups import OffForm
from jiedui.activities.models import Activity, ActivityMeeting
from jiedui.activities.queries import classes
from jiedui.activities.queries import meetings as queries
from jiedui.activities.views.blueprint import bp
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import done, refused


@bp.route("/meetings/<int:meeting_id>/off", methods=["GET", "POST"])
@requires(Permission.class_call_off, load=queries.get_meeting)
def off(meeting: ActivityMeeting) -> Any:
    """It is not held, or was not."""
    form = OffForm(data={"version": str(meeting.version)})
    page = {"form": form, "meeting": meeting, "activity": meeting.activity}
    if not form.sent():
        shown = render_template("activities/off.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.call_off(meeting, form.reason.data, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/off.html", **page)
    said = gettext("It is called off; everybody concerned has been told.")
    return done(said, "activities.show", activity_id=meeting.activity_id)


@bp.route("/classes/<int:activity_id>/end", methods=["GET", "POST"])
@requires(Permission.class_end, load=classes.get_class)
def end(activity: Activity) -> Any:
    """It ends today."""
    form = Form(data={"version": str(activity.version)})
    if not form.sent():
        return render_template("activities/end.html", form=form, activity=activity)
    try:
        count = actions.end(activity, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/end.html", form=form, activity=activity)
    said = ngettext("It has ended; %(num)d meeting is called off.",
                    "It has ended; %(num)d meetings are called off.", count)  # fmt: skip
    return done(said, "activities.show", activity_id=activity.id)
