"""A helper's own hours: what comes next, what is on record, and the sums."""

from __future__ import annotations

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Missing
from jiedui.core.pages import PAGE
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.hours import queries
from jiedui.hours.queries.journal import notes_for
from jiedui.hours.queries.standing_in import to_log
from jiedui.hours.views.blueprint import bp


def myself() -> Helper:
    """The helper who is signed in; raise Missing when this account is none."""
    helper = helpers.by_account(actor().account_id)
    if helper is None:
        raise Missing
    return helper


@bp.get("/hours")
@requires(Permission.helper_own)
def mine() -> str:
    """The next session, a button to log one, the sums, and one's own list."""
    helper = myself()
    page = request.args.get("page", 1, type=int)
    sessions, total = queries.of_helper(helper.id, max(page, 1), PAGE)
    return render_template(
        "hours/mine.html",
        helper=helper,
        coming=queries.coming(helper.id),
        sums=queries.sums(helper.id),
        question=queries.in_question(helper.id),
        stood=to_log(helper.id),
        stay=queries.staying(helper.id),
        confided=bool(notes_for(actor(), 1)),
        imported=queries.imported_of(helper.id),
        disputed=queries.disputed_of(helper.id),
        objected=queries.objected(helper.id),
        sessions=sessions,
        page=page,
        last=-(-total // PAGE),
    )
