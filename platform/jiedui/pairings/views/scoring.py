"""Weights of matching: what endings taught beside the county's own, and switching it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.children.rules import Category
from jiedui.core import words
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.core.resident_id import Sex
from jiedui.pairings.actions import scoring as actions
from jiedui.pairings.forms.scoring import SwitchForm
from jiedui.pairings.models import ScoringVersion
from jiedui.pairings.queries import scoring as queries
from jiedui.pairings.rules.reasons import Part
from jiedui.pairings.rules.scoring import Group, Grouping, ScoringState, apart
from jiedui.pairings.views.blueprint import bp
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

KINDS: dict[Grouping, Any] = {Grouping.sex: Sex, Grouping.category: Category}


def own_county() -> Region:
    """The reader's county."""
    return regions.get(actor().county_id)


@bp.route("/matching/weights", methods=["GET", "POST"])
@requires(Permission.scoring_read, load=own_county)
def scorings(county: Region) -> Any:
    """The weights that count now, and all versions; let a worker learn from the endings."""
    form = Form()
    if not form.sent():
        return render_template("pairings/scorings.html", form=form, **versions(county))
    try:
        one = actions.ask(county, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("pairings/scorings.html", form=form, **versions(county))
    return redirect(url_for("pairings.scoring", scoring_id=one.id), 303)


def versions(county: Region) -> dict[str, Any]:
    """Every version of a county, and who switched which."""
    found = queries.versions(county.id)
    return {
        "versions": found,
        "active": queries.active(county.id),
        "names": names_of({one.switched_by for one in found if one.switched_by}),
    }


@bp.get("/matching/weights/<int:scoring_id>")
@requires(Permission.scoring_read, load=queries.get)
def scoring(one: ScoringVersion) -> str:
    """One version: what it would change, how sure it is, how groups of children fare."""
    at_work = one.state in (ScoringState.learning, ScoringState.failed)
    page = "pairings/scoring_run.html" if at_work else "pairings/scoring.html"
    return render_template(page, **told(one))


def told(one: ScoringVersion) -> dict[str, Any]:
    """What the page of a version shows."""
    figures = one.figures or {}
    return {
        "one": one,
        "stuck": actions.stuck(one),
        "f": figures,
        "part_of": Part,
        "groups": {by: groups(by, rows) for by, rows in figures.get("groups", {}).items()},
        "names": names_of({one.switched_by} if one.switched_by else set()),
    }


def groups(code: str, stored: list[dict[str, Any]]) -> dict[str, Any]:
    """One table of groups, each by the name people know, and how far they lie apart."""
    by, rows = Grouping(code), [Group(**row) for row in stored]
    return {
        "by": by,
        "rows": [(_named(by, row.name), row) for row in rows],
        "apart": {figure: apart(rows, figure) for figure in ("matched", "days", "good")},
    }


def _named(by: Grouping, name: str) -> str:
    return words.label(KINDS[by](name)) if by in KINDS else name


@bp.route("/matching/weights/<int:scoring_id>/on", methods=["GET", "POST"])
@requires(Permission.scoring_switch, load=queries.get)
def scoring_on(one: ScoringVersion) -> Any:
    """Switch a version on; asks first, and why."""
    form = SwitchForm(version=one.version)
    if not form.sent():
        return asking("pairings/scoring_on.html", form, one)
    try:
        actions.switch_on(one.id, form.why.data, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("pairings/scoring_on.html", form=form, **told(one))
    return done(gettext("Lists are made with these weights from now on."), "pairings.scorings")


@bp.route("/matching/weights/<int:scoring_id>/off", methods=["GET", "POST"])
@requires(Permission.scoring_switch, load=queries.get)
def scoring_off(one: ScoringVersion) -> Any:
    """Go back to the county's own weights; asks first, and why."""
    form = SwitchForm(version=one.version)
    if not form.sent():
        return asking("pairings/scoring_off.html", form, one)
    try:
        actions.switch_off(one.id, form.why.data, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("pairings/scoring_off.html", form=form, **told(one))
    return done(gettext("The county's own weights count again."), "pairings.scorings")


def asking(page: str, form: Form, one: ScoringVersion) -> Any:
    """The page that asks, with what is still wrong in it."""
    return render_template(page, form=form, **told(one)), 422 if form.is_submitted() else 200
