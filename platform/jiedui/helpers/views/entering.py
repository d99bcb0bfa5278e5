"""People without a phone are entered from a signed form, and written for."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.helpers import actions, queries
from jiedui.helpers.forms import DetailsForm, EnterForm
from jiedui.helpers.models import Helper
from jiedui.helpers.views.blueprint import bp, on_paper


@bp.get("/helpers/entered")
@requires(Permission.helper_enter)
def entered() -> str:
    """Whom we have entered, and where their vetting lies."""
    people = queries.entered(actor())
    return render_template("helpers/entered.html", people=people)


@bp.route("/helpers/enter", methods=["GET", "POST"])
@requires(Permission.helper_enter)
def enter() -> Any:
    """Enter somebody from a signed form; a colleague vets them."""
    form = EnterForm()
    if not form.sent():
        page = render_template("helpers/enter.html", form=form)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.register(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("helpers/enter.html", form=form)
    return done(gettext("Entered. A colleague has to vet this person."), "helpers.entered")


@bp.route("/helpers/<int:helper_id>/change", methods=["GET", "POST"])
@requires(Permission.helper_enter, load=on_paper)
def amend(helper: Helper) -> Any:
    """Change what somebody without an account offers."""
    form = DetailsForm.of(helper)
    if not form.sent():
        page = render_template("helpers/change.html", form=form, helper=helper, mine=False)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.update(helper, form.offer(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("helpers/change.html", form=form, helper=helper, mine=False)
    return done(gettext("The details are saved."), "helpers.show", helper_id=helper.id)
