"""A session noted where there is no line: a page without anything personal lies on the phone, what
is typed stays there sealed and is sent once, by whoever typed it, when there is a line."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.core.errors import Refusal
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.pages import refused
from jiedui.core.phone import may_be_kept
from jiedui.hours import actions, queries
from jiedui.hours.forms import OfflineForm
from jiedui.hours.rules import HoursRefusal, pairing_number
from jiedui.hours.views.blueprint import bp
from jiedui.hours.views.sessions import count_wrong_code, logged
from jiedui.pairings.models import Pairing

PAGE = "hours/offline.html"


@bp.route("/offline", methods=["GET", "POST"])
@may_be_kept(_l("Note a session without a line"), opens_empty=True)
@requires(Permission.hours_log)
def offline() -> Any:
    """The number of the pairing, day, times, kind and the carer's code: no name, no place."""
    form = OfflineForm()
    if not form.sent():
        shown = render_template(PAGE, form=form)
        return (shown, 422) if form.is_submitted() else shown
    pairing = queries.loggable_by_number(pairing_number(form.pairing.data))
    try:
        session = actions.log_session(_own(pairing), form.said(), by=actor())
    except Refusal as refusal:
        if pairing is not None:
            count_wrong_code(refusal, pairing.id)
        form.refuse(refusal)
        return refused(PAGE, form=form)
    return logged(session)


def _own(pairing: Pairing | None) -> Pairing:
    """Refuses a number that is no pairing of this person's, whoever's it is."""
    if pairing is None or not may(actor(), Permission.hours_log, pairing):
        raise Refusal(HoursRefusal.pairing_unknown, "pairing")
    return pairing
