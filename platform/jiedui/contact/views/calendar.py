"""A helper's own calendar: every session to come, week by week and as a month."""

from __future__ import annotations

from datetime import timedelta

from flask import render_template

from jiedui.access.guard import requires
from jiedui.access.policy import Permission
from jiedui.activities.queries.meetings import of_helper
from jiedui.contact.queries import own
from jiedui.contact.queries import plan as queries
from jiedui.contact.rules.plan import AHEAD
from jiedui.contact.views.blueprint import bp
from jiedui.contact.views.months import grid, month_asked
from jiedui.contact.views.own import myself
from jiedui.contact.views.plan import by_week
from jiedui.core import clock
from jiedui.helpers.models import Helper
from jiedui.pairings.rules.decisions import knows


@bp.app_template_global()
def session_title(session: object) -> list[str]:
    """The children's names where the reader's helper knows them; nothing otherwise."""
    pairing = session.pairing  # type: ignore[attr-defined]
    agreed = pairing.ready_at is not None
    if not knows(pairing.state, pairing.pause_reason, agreed):
        return []
    return [child.name for child in pairing.need.children]


@bp.get("/calendar")
@requires(Permission.helper_own, load=myself)
def calendar(helper: Helper) -> str:
    """What comes, over all pairings, and where one stands in."""
    today = clock.today()
    month = month_asked(today)
    sessions = queries.of_helper(helper.id, today - timedelta(days=7), today + AHEAD)
    return render_template(
        "contact/calendar.html",
        helper=helper,
        weeks=by_week(sessions),
        month=month,
        grid=grid(month, queries.of_helper(helper.id, month.first, month.last)),
        now=clock.now(),
        meetings=of_helper(helper.id, today, today + AHEAD),
        has_feed=own.feed_of(helper.id) is not None,
    )
