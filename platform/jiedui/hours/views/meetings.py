"""The sign of a class, a group or an event on the phone of who answers for it; a volunteer who has
scanned it."""

from __future__ import annotations

from typing import Any

from flask import render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.activities.models import ActivityMeeting
from jiedui.activities.queries.meetings import get_meeting
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, duration, in_full, refused
from jiedui.core.qr import qr
from jiedui.hours import actions, queries
from jiedui.hours.actions.meetings import held_today
from jiedui.hours.rules.codes import STEP, step_at
from jiedui.hours.views.blueprint import bp
from jiedui.hours.views.own import myself


@bp.get("/meetings/<int:meeting_id>/sign")
@requires(Permission.meeting_sign, load=get_meeting)
def meeting_sign(meeting: ActivityMeeting) -> str:
    """What is shown there: another sign every minute, on its day alone."""
    code, again = _sign(meeting) if held_today(meeting) else (None, 0)
    return render_template(
        "hours/meeting_sign.html",
        meeting=meeting,
        activity=meeting.activity,
        code=code,
        again=again,
        there=len(queries.staying_at(meeting.id)),
        gone=len(queries.checked_in_at(meeting.id)),
    )


def _sign(meeting: ActivityMeeting) -> tuple[Markup, int]:
    """The code of this minute, and after how many seconds there is another."""
    now = clock.now()
    step = step_at(now)
    mark = queries.meeting_sign_of(meeting.id, step)
    address = in_full("hours.at_meeting", meeting_id=meeting.id, step=step, mark=mark)
    left = STEP - int(now.timestamp()) % STEP
    return qr(address, gettext("QR code of this meeting"), scale=6), left + 1


@bp.route("/at/meeting/<int:meeting_id>/<int:step>/<mark>", methods=["GET", "POST"])
@requires(Permission.helper_own)
def at_meeting(meeting_id: int, step: int, mark: str) -> Any:
    """A volunteer who has scanned the sign says that they arrive, or that they leave."""
    meeting, helper = get_meeting(meeting_id), myself()
    form, stay = Form(), queries.staying(helper.id)
    mine = helper.id in {one.helper_id for one in meeting.activity.helpers_on}
    page = {"form": form, "meeting": meeting, "stay": stay, "mine": mine}
    if not form.sent():
        return render_template("hours/at_meeting.html", **page)
    try:
        if stay is None:
            return _arrived(meeting, (step, mark))
        session = actions.leave_meeting(stay, meeting, (step, mark), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/at_meeting.html", **page)
    time = duration(session.minutes)
    return done(gettext("%(time)s are checked in.", time=time), "hours.mine")


def _arrived(meeting: ActivityMeeting, sign: tuple[int, str]) -> Response:
    actions.arrive_at_meeting(meeting, myself(), sign, by=actor())
    return done(gettext("You have arrived. Scan the sign once more when you leave."), "hours.mine")
