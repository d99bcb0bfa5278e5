"""Signs of risk: what has risen, what is to be looked at again, and the county's figures."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import done, refused
from jiedui.files.actions import watching as actions
from jiedui.files.forms import RiseForm, again_form
from jiedui.files.models import RiskWatch
from jiedui.files.queries import watching as queries
from jiedui.files.rules.watching import POINTS
from jiedui.files.views.blueprint import bp
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


@bp.route("/risk", methods=["GET", "POST"])
@requires(Permission.visit_settle)
def watch() -> Any:
    """Rises first, each with its arithmetic; below what stays this season, ticked together."""
    risen, again = queries.risen(actor()), queries.to_look_at(actor())
    form = again_form(again)
    ticks = {f"{one.id}-{one.version}": one for one in again}
    page = {"risen": risen, "again": ticks, "form": form, "points": POINTS}
    page["counts"] = queries.counts(actor())
    if not form.sent():
        shown = render_template("files/watch.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    versions = form.files.versions()
    try:
        count = actions.look_again(queries.chosen(versions, actor()), versions, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("files/watch.html", **page)
    said = ngettext("%(num)d file was looked at.", "%(num)d files were looked at.", count)
    return done(said, "files.watch")


@bp.post("/risk/<int:child_id>")
@requires(Permission.visit_settle, load=queries.get)
def answer_rise(one: RiskWatch) -> Any:
    """The level rises to what the signs add up to, or stays."""
    form = RiseForm()
    try:
        actions.answer(one, form.higher, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        return done(form.said(refusal), "files.watch")
    told = gettext("The level is raised.") if form.higher else gettext("The level stays as it is.")
    return done(told, "files.watch")


def _county() -> Region:
    return regions.get(actor().county_id)


@bp.get("/risk/townships")
@requires(Permission.risk_figures, load=_county)
def watch_figures(county: Region) -> str:
    """Figures by township, no child: how many files stand where, how many rises wait."""
    return render_template("files/watch_figures.html", rows=queries.by_township(county))
