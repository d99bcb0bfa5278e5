"""A helper's own page: where the vetting lies, the code of conduct, details, leaving."""

from __future__ import annotations

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import NotNow, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.helpers import actions, queries
from jiedui.helpers.forms import DetailsForm, PaperForm
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import CONDUCT_VERSION, HelperState
from jiedui.helpers.views.blueprint import bp, own


@bp.get("/helpers/mine")
@requires(Permission.helper_own, load=own)
def mine(helper: Helper) -> str:
    """Where my vetting lies and since when, and what I offer."""
    return render_template(
        "helpers/mine.html",
        helper=helper,
        gates=queries.gate_views(helper, queries.gate_states(helper)),
        cleared=queries.is_cleared(helper),
        may_counsel=queries.may_counsel(helper),
        may_read=helper.state is HelperState.registered and actions.may_read(helper),
        waiting=helper.id in queries.waiting_on_list({helper.id}),
    )


@bp.route("/helpers/mine/change", methods=["GET", "POST"])
@requires(Permission.helper_own, load=own)
def change(helper: Helper) -> Any:
    """Change what I offer, where and when."""
    form = DetailsForm.of(helper)
    if not form.sent():
        page = render_template("helpers/change.html", form=form, helper=helper, mine=True)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.update(helper, form.offer(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("helpers/change.html", form=form, helper=helper, mine=True)
    return done(gettext("Your details are saved."), "helpers.mine")


@bp.route("/helpers/mine/conduct", methods=["GET"])
@requires(Permission.helper_own, load=own)
def conduct(helper: Helper) -> str:
    """The code of conduct, to read and sign."""
    return render_template("helpers/conduct.html", helper=helper, version=CONDUCT_VERSION)


@bp.post("/helpers/mine/conduct")
@requires(Permission.helper_own, load=own)
def sign_conduct(helper: Helper) -> Response:
    """Sign the code of conduct."""
    actions.sign_conduct(helper, by=actor())
    return done(gettext("You have signed the code of conduct."), "helpers.mine")


@bp.route("/helpers/mine/paper", methods=["GET", "POST"])
@requires(Permission.helper_own, load=own)
def paper(helper: Helper) -> Any:
    """Say which paper I have; the office has to see it."""
    form = PaperForm()
    if not form.sent():
        page = render_template("helpers/paper.html", form=form, helper=helper)
        return (page, 422) if form.is_submitted() else page
    actions.add_paper(helper, form.said(), by=actor())
    return done(gettext("Please show the paper at the office."), "helpers.mine")


@bp.get("/helpers/mine/leave")
@requires(Permission.helper_own, load=own)
def leave(helper: Helper) -> str:
    """What happens when I withdraw."""
    return render_template("helpers/leave.html", helper=helper)


@bp.post("/helpers/mine/leave")
@requires(Permission.helper_own, load=own)
def withdraw(helper: Helper) -> Response:
    """Withdraw."""
    actions.withdraw(helper, by=actor())
    return done(gettext("You have withdrawn. Thank you for what you did."), "helpers.mine")


@bp.post("/helpers/mine/back")
@requires(Permission.helper_own, load=own)
def come_back(helper: Helper) -> Response:
    """Come back after having withdrawn; a suspension is ended by the office."""
    if helper.state is not HelperState.withdrawn:
        raise NotNow
    actions.restore(helper, by=actor())
    return done(gettext("Good to have you back."), "helpers.mine")
