"""The list of a meeting: the team tells, whoever is responsible where it is held confirms."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.activities import actions
from jiedui.activities.forms.events import EventTellForm, event_tell_form
from jiedui.activities.forms.lists import confirm_form, tell_form
from jiedui.activities.models import ActivityMeeting
from jiedui.activities.queries import classes
from jiedui.activities.queries import meetings as queries
from jiedui.activities.rules import ActivityKind
from jiedui.activities.views.blueprint import bp
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


@bp.route("/meetings/<int:meeting_id>/helpers", methods=["GET", "POST"])
@requires(Permission.class_tell, load=queries.get_meeting)
def tell(meeting: ActivityMeeting) -> Any:
    """Which helpers came, from when to when; of an event also how many adults and children."""
    of_event = meeting.kind is ActivityKind.themed_event
    form = event_tell_form(meeting) if of_event else tell_form(meeting)
    page = {"form": form, "meeting": meeting, "activity": meeting.activity}
    if not form.sent():
        shown = render_template("activities/tell.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    held = form.held() if isinstance(form, EventTellForm) else actions.Held()
    said, version = form.said(meeting), form.submitted_version
    try:
        actions.tell(meeting, said, by=actor(), version=version, held=held)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/tell.html", **page)
    words = gettext(
        "Thank you. The hours count once the list is confirmed where the class is held."
    )
    return done(words, "activities.show", activity_id=meeting.activity_id)


@bp.route("/meetings/<int:meeting_id>/list", methods=["GET", "POST"])
@requires(
    Permission.class_confirm, load=queries.get_meeting, logged=Act.class_list_read, recent=True
)
def confirm(meeting: ActivityMeeting) -> Any:
    """Which children came; with it the list of the helpers is confirmed."""
    coming = [one for one in classes.seated(meeting.activity) if one.comes]
    form = confirm_form(meeting, coming)
    page = {"form": form, "meeting": meeting, "activity": meeting.activity, "coming": coming}
    if not form.sent():
        return render_template("activities/confirm.html", **page)
    ticked = form.children.data or []
    try:
        version, beside = form.submitted_version, form.beside is None or form.beside.data
        actions.confirm(meeting, ticked, by=actor(), version=version, beside=beside)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/confirm.html", **page)
    said = gettext("The list is confirmed; the helpers' hours are on record.")
    return done(said, "activities.show", activity_id=meeting.activity_id)
