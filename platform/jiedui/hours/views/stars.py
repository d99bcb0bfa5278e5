"""Star levels: apply for one; review, make public, refuse."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import day, done, refused
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.hours import actions
from jiedui.hours.forms import StarForm
from jiedui.hours.models import StarAward
from jiedui.hours.queries import stars as queries
from jiedui.hours.views.blueprint import bp


@bp.route("/helpers/<int:helper_id>/stars", methods=["GET", "POST"])
@requires(Permission.certificate_issue, load=helpers.get)
def stars(helper: Helper) -> Any:
    """How somebody stands with the levels, and a button to apply."""
    form = Form()
    page = {"form": form, "helper": helper, "standing": queries.standing(helper.id)}
    page |= {"minutes": queries.star_minutes(helper.id)}
    if not form.sent():
        return render_template("hours/stars.html", **page)
    try:
        actions.apply_for_star(helper, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/stars.html", **page)
    return done(gettext("Applied. An office reviews it."), "hours.stars", helper_id=helper.id)


@bp.get("/hours/stars")
@requires(Permission.star_review)
def star_list() -> str:
    """Applications under way in the region."""
    return render_template("hours/star_list.html", form=Form(), awards=queries.stars_in(actor()))


@bp.post("/hours/stars/<int:award_id>/publish")
@requires(Permission.star_review, load=queries.get_star)
def publish_star(award: StarAward) -> Any:
    """The review is passed: five working days of publicity begin."""
    form = Form()
    try:
        actions.publish_star(award, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        awards = queries.stars_in(actor())
        return refused("hours/star_list.html", form=form, awards=awards)
    until = day(award.public_until)
    return done(gettext("Public until %(day)s, then granted.", day=until), "hours.star_list")


@bp.route("/hours/stars/<int:award_id>/refuse", methods=["GET", "POST"])
@requires(Permission.star_review, load=queries.get_star)
def refuse_star(award: StarAward) -> Any:
    """Not granted, with a reason the volunteer reads."""
    form = StarForm()
    form.version.data = form.version.data or award.version
    page = {"form": form, "award": award}
    if not form.sent():
        shown = render_template("hours/star_refuse.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    reason, version = form.reason.data, form.submitted_version
    try:
        actions.refuse_star(award, reason, by=actor(), version=version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/star_refuse.html", **page)
    return done(gettext("Not granted. The volunteer reads why."), "hours.star_list")
