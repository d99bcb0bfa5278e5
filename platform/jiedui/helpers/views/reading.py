"""Training by reading: ten lessons, ten answers."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.helpers import actions
from jiedui.helpers.forms.reading import reading_form
from jiedui.helpers.models import Helper
from jiedui.helpers.views.blueprint import bp, own


@bp.route("/helpers/mine/training", methods=["GET", "POST"])
@requires(Permission.helper_own, load=own)
def training(helper: Helper) -> Any:
    """Read, answer; what was wrong stands open again, the other answers stay."""
    if not actions.may_read(helper):
        raise Missing
    form = reading_form()
    if not form.sent():
        page = render_template("helpers/training.html", form=form, helper=helper)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.pass_reading(helper, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("helpers/training.html", form=form, helper=helper)
    return done(gettext("All ten are right: your training counts for half a year."), "helpers.mine")
