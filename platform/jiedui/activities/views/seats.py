"""Children's seats: given by those who know the family, answered by guardian and child."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor, Role
from jiedui.activities import actions
from jiedui.activities.forms.classes import SeatForm, answers_form, seat_form
from jiedui.activities.forms.events import PupilForm
from jiedui.activities.models import Activity, ActivityChild, ActivityWait
from jiedui.activities.queries import classes as queries
from jiedui.activities.queries import events
from jiedui.activities.views.blueprint import bp
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.children.rules import Purpose
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


def _with_seats(activity_id: int) -> Activity:
    """A class, group or event for which children are signed up by name."""
    found = queries.get_class(activity_id)
    if found.counted:
        raise Missing
    return found


@bp.route("/classes/<int:activity_id>/seats", methods=["GET", "POST"])
@requires(Permission.class_seat, load=_with_seats)
def seats(activity: Activity) -> Any:
    """Children of one's villages on this class, what they have said, who waits, and one child
    more: on a seat, or in line when all are taken. A school names its pupil."""
    who = actor()
    by_name = who.role is Role.school_worker
    could = [] if by_name else queries.could_come(activity, who)
    form = PupilForm() if by_name else seat_form(could)
    free = queries.free_seat(activity) is not None
    page = _page(activity, form, who) | {"by_name": by_name}
    if not form.sent():
        shown = render_template("activities/seats.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        child = _child(form, could)
        made = (actions.seat if free else actions.wait)(activity, child, by=who)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/seats.html", **page)
    return _kept(made, activity)


def _page(activity: Activity, form: Any, who: Actor) -> dict[str, Any]:
    return {
        "form": form,
        "activity": activity,
        "rows": queries.seated(activity, who),
        "line": queries.in_line(activity, who),
        "waiting": len(activity.in_line),
        "free": activity.seats - len(activity.children_on),
    }


def _child(form: PupilForm | SeatForm, could: list[Child]) -> Child:
    if isinstance(form, PupilForm):
        return events.pupil(form.pupil.data, form.birth_date.data, actor())
    return next(one for one in could if one.id == form.child.data)


def _kept(made: ActivityChild | ActivityWait, activity: Activity) -> Any:
    """Where it goes on: those who know the family ask it, a school leaves that to them."""
    if isinstance(made, ActivityWait):
        said = gettext("The child waits for a seat; when one becomes free you are told.")
        return done(said, "activities.seats", activity_id=activity.id)
    if not may(actor(), Permission.class_answer, made):
        said = gettext("A seat is kept. The child director asks the family.")
        return done(said, "activities.seats", activity_id=activity.id)
    said = gettext("A seat is kept. Ask guardian and child now.")
    return done(said, "activities.answers", entry_id=made.id)


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
