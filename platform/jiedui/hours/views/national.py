"""Hours for the national volunteer system: what waits, a file of it, its answers."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.core import sheets
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.hours.actions import national as actions
from jiedui.hours.models import HoursReturn
from jiedui.hours.queries import national as queries
from jiedui.hours.rules.national import entry_number
from jiedui.hours.views.blueprint import bp


@bp.route("/hours/national", methods=["GET", "POST"])
@requires(Permission.hours_tell)
def told() -> Any:
    """What the national system has not heard of; make a file of all of it."""
    form, page = Form(), _page()
    if not form.sent():
        return render_template("hours/national.html", form=form, **page)
    try:
        made = actions.tell_hours(by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/national.html", form=form, **page)
    return redirect(url_for("hours.told_file", hours_return_id=made.id), 303)


def _page() -> dict[str, Any]:
    made = queries.made_in(actor())
    counts = queries.counts([one.id for one in made])
    return {"waits": queries.untold(actor().county_id), "made": made, "counts": counts}


@bp.get("/hours/national/<int:hours_return_id>")
@requires(Permission.hours_tell, load=queries.hours_return)
def told_file(made: HoursReturn) -> str:
    """One file that was made, and what the national system has answered."""
    return render_template(
        "hours/national_file.html",
        made=made,
        counts=queries.counts([made.id]).get(made.id, {}),
        rows=[(entry_number(r.session_id), r.reason) for r in queries.refused_rows(made.id)],
        names=names_of({one for one in (made.made_by, made.agreed_by) if one}),
        own=bool({made.made_by, made.made_as} & {actor().account_id, actor().acts_as}),
    )


@bp.post("/hours/national/<int:hours_return_id>/agree")
@requires(Permission.hours_tell, load=queries.hours_return)
def told_agree(made: HoursReturn) -> Response:
    """A second person lets the file leave."""
    actions.agree_hours(made, by=actor())
    said = gettext("Agreed. The file can be downloaded now.")
    return done(said, "hours.told_file", hours_return_id=made.id)


@bp.post("/hours/national/<int:hours_return_id>/file")
@requires(Permission.hours_tell, load=queries.hours_return, recent=True)
def told_download(made: HoursReturn) -> Response:
    """The file in the layout of the national system."""
    response = Response(actions.hours_return_file(made, by=actor()), content_type=sheets.XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.code}.xlsx"'
    return response
