"""An office looks at an event that a unit or school has planned."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.activities import actions
from jiedui.activities.forms.events import LookForm
from jiedui.activities.models import Activity
from jiedui.activities.queries.events import get_event
from jiedui.activities.queries.meetings import meetings_of
from jiedui.activities.views.blueprint import bp
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


@bp.route("/events/<int:event_id>/look", methods=["GET", "POST"])
@requires(Permission.event_look, load=get_event)
def look(event: Activity) -> Any:
    """What is planned, and yes or no."""
    form = LookForm(data={"version": str(event.version)})
    page = {"form": form, "activity": event, "meetings": meetings_of(event.id)}
    if not form.sent():
        shown = render_template("activities/look.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    said = {"agreed": form.agreed, "reason": form.reason.data or ""}
    try:
        actions.look_at_event(event, **said, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/look.html", **page)
    words = gettext("The unit is told what the office says.")
    return done(words, "activities.show", activity_id=event.id)
