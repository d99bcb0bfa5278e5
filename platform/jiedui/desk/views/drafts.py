"""Forms that came from one's phone and must be looked at once more."""

from __future__ import annotations

from flask import current_app, render_template
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import drafts as kept
from jiedui.core import phone
from jiedui.core.drafts import Draft
from jiedui.core.i18n import gettext
from jiedui.core.pages import done
from jiedui.desk import actions
from jiedui.desk.views.blueprint import bp


@bp.get("/drafts")
@requires(Permission.draft_own)
def drafts() -> str:
    """One's own drafts, oldest first; each is opened on the page it was typed on."""
    views = current_app.view_functions
    found = kept.mine(actor().account_id)
    titles = {one.id: getattr(views.get(one.endpoint), phone.TITLE, "") for one in found}
    return render_template("desk/drafts.html", drafts=found, titles=titles)


@bp.post("/drafts/<int:draft_id>/drop")
@requires(Permission.draft_own, load=kept.get)
def drop_draft(draft: Draft) -> Response:
    """Throw one away."""
    actions.drop_draft(draft)
    return done(gettext("The draft is thrown away."), "desk.drafts")
