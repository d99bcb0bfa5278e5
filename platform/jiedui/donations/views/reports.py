"""What charities must publish of the funds they use, and what they have published."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.donations.actions import reports as actions
from jiedui.donations.forms.reports import report_form
from jiedui.donations.queries import reports as queries
from jiedui.donations.queries.reports import OfReceiver, Own
from jiedui.donations.views.blueprint import bp, own_county


def _own() -> Own:
    return Own(own_county().path, actor().unit_id)


@bp.get("/gifts/reports")
@requires(Permission.gift_report, load=_own)
def reports(_all: Own) -> str:
    """All reports of a county's charities, or of one's own, the late ones first."""
    return render_template("donations/reports.html", rows=queries.owed(actor()))


@bp.route("/gifts/<int:gift_id>/report", methods=["GET", "POST"])
@requires(Permission.gift_report, load=queries.get)
def report(fund: OfReceiver) -> Any:
    """One report was published."""
    rows = [one for one in queries.owed(actor(), gift_id=fund.gift.id) if one.report is None]
    form, page = report_form(rows), {"gift": fund.gift, "open": rows}
    if not form.sent():
        shown = render_template("donations/report.html", form=form, **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.write_down(fund.gift, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/report.html", form=form, **page)
    return done(gettext("It is on record as published."), "donations.reports")
