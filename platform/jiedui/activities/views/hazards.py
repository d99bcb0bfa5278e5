"""Water hazards: all of a region, entering one, looking at one, taking one off the list."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.activities import actions
from jiedui.activities.forms.hazards import HazardForm, LookForm, hazard_form
from jiedui.activities.models import WaterHazard
from jiedui.activities.queries import hazards as queries
from jiedui.activities.views.blueprint import bp
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


@bp.get("/prevention/hazards")
@requires(Permission.hazard_read)
def hazards() -> str:
    """Water hazards of a region; what nobody has looked at in time stands first."""
    rows = queries.hazards(actor().scope)
    late = sum(one.overdue for one in rows)
    towns = queries.towns(rows, actor().scope)
    return render_template("activities/hazards.html", rows=rows, late=late, towns=towns)


@bp.route("/prevention/hazards/new", methods=["GET", "POST"])
@requires(Permission.hazard_manage)
def new_hazard() -> Any:
    """Enter one."""
    form = hazard_form(None)
    return _hazard(form, None, lambda: actions.enter_hazard(form.said(), by=actor()))


@bp.route("/prevention/hazards/<int:hazard_id>", methods=["GET", "POST"])
@requires(Permission.hazard_manage, load=queries.get_hazard)
def hazard(one: WaterHazard) -> Any:
    """Say anew what it is."""
    form = hazard_form(one)
    version = form.submitted_version
    return _hazard(
        form, one, lambda: actions.change_hazard(one, form.said(), by=actor(), version=version)
    )


def _hazard(form: HazardForm, one: WaterHazard | None, act: Any) -> Any:
    page = {"form": form, "hazard": one}
    if not form.sent():
        shown = render_template("activities/hazard_form.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        act()
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/hazard_form.html", **page)
    return done(gettext("The hazard is on record."), "activities.hazards")


@bp.route("/prevention/hazards/<int:hazard_id>/look", methods=["GET", "POST"])
@requires(Permission.hazard_manage, load=queries.get_hazard)
def look_at_hazard(one: WaterHazard) -> Any:
    """Somebody was there today."""
    form = LookForm(data={"sign": one.sign, "fence": one.fence, "version": str(one.version)})
    page = {"form": form, "hazard": one}
    if not form.sent():
        return render_template("activities/hazard_look.html", **page)
    sign, fence, version = form.sign.data, form.fence.data, form.submitted_version
    try:
        actions.check_hazard(one, sign=sign, fence=fence, by=actor(), version=version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/hazard_look.html", **page)
    return done(gettext("Thank you: it is on record that you were there."), "activities.hazards")


@bp.post("/prevention/hazards/<int:hazard_id>/gone")
@requires(Permission.hazard_manage, load=queries.get_hazard)
def hazard_gone(one: WaterHazard) -> Any:
    """It was filled in or covered."""
    try:
        actions.remove_hazard(one, by=actor(), version=LookForm().submitted_version)
    except Refusal:
        return done(gettext("It is off the list already."), "activities.hazards")
    return done(gettext("It is off the list."), "activities.hazards")
