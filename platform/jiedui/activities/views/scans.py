"""Slips of children's seats: a sheet to print, and what a keeper sees who scans one."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.activities import actions
from jiedui.activities.models import Activity
from jiedui.activities.queries import classes, scans
from jiedui.activities.queries.events import get_event
from jiedui.activities.views.blueprint import bp
from jiedui.core.errors import Missing, Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, in_full, refused
from jiedui.core.qr import qr


def _with_seats(event_id: int) -> Activity:
    """A themed event for which children are signed up by name."""
    found = get_event(event_id)
    if found.counted:
        raise Missing
    return found


@bp.route("/events/<int:event_id>/slips", methods=["GET", "POST"])
@requires(Permission.class_seat, load=_with_seats)
def slips(activity: Activity) -> Any:
    """A slip for each seat of one's own children, to print: a code and a number, no name."""
    who, form = actor(), Form()
    mine = classes.seated(activity, who)
    page = {"form": form, "activity": activity, "mine": mine}
    if not form.sent():
        return render_template("activities/slips.html", **page)
    try:
        actions.make_slips(activity, [one.entry for one in mine], by=who)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/slips.html", **page)
    said = gettext("QR code of this seat")
    codes = [
        (one.entry.seat, qr(in_full("activities.slip", slip_token=one.entry.slip), said, scale=3))
        for one in mine
    ]
    return render_template("activities/slips_paper.html", codes=codes, **page)


@bp.route("/slips/<slip_token>", methods=["GET", "POST"])
@requires(Permission.event_keep, load=scans.slip_by)
def slip(slip: scans.Slip) -> Any:
    """A keeper of the event has scanned a slip: one press marks the seat as present."""
    form, meeting = Form(), scans.meeting_today(slip.activity)
    there = meeting is not None and slip.entry.id in scans.scanned(meeting.id)
    page = {"form": form, "slip": slip, "activity": slip.activity, "meeting": meeting}
    page |= {"there": there}
    if not form.sent():
        return render_template("activities/slip.html", **page)
    try:
        actions.scan(slip, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/slip.html", **page)
    said = gettext("Seat %(seat)d is marked as present.", seat=slip.entry.seat)
    return done(said, "activities.show", activity_id=slip.activity.id)
