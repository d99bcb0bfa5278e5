"""Pages of visits: the walking list, the form, a household's visits, proposed levels."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.care.actions import visits as actions
from jiedui.care.forms.visits import (
    HouseVisitForm,
    SettleForm,
    correction_form,
    open_children,
    visit_form,
)
from jiedui.care.models.visits import Visit
from jiedui.care.queries import visits as queries
from jiedui.care.queries import walking
from jiedui.care.rules.visits import FAILING, HomeFound, LevelDecision, tells_all
from jiedui.care.views.blueprint import bp
from jiedui.children.models import Household
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.pages import done, refused
from jiedui.core.phone import may_be_kept
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


@bp.get("/visits")
@requires(Permission.visit_make)
def visits() -> Any:
    """The village's own list; for a township its villages, with what is overdue in each."""
    villages = regions.villages(actor().scope)
    if len(villages) == 1:
        return redirect(url_for("care.walk", village_id=villages[0].id), 303)
    overview = walking.overview(actor().scope)
    return render_template("care/visits.html", **overview, plan=queries.plan(actor().county_id))


def load_village(village_id: int) -> Region:
    """The village of the URL; raise Missing."""
    return regions.get(village_id)


@bp.get("/visits/villages/<int:village_id>")
@requires(Permission.visit_make, load=load_village)
def walk(village: Region) -> str:
    """Which house is next: overdue ones first, each part in walking order, with whom to call."""
    turns = walking.of_village(village)
    plan = queries.plan(actor().county_id)
    return render_template("care/walk.html", village=village, turns=turns, plan=plan)


@bp.get("/visits/houses/<int:home_id>")
@requires(Permission.visit_make, load=queries.home, logged=Act.house_read)
def house(home: Household) -> str:
    """All visits to a household, newest first, and when the next one is due."""
    found = queries.of_household(home.id)
    me = actor()
    whole = {v.id for v in found if tells_all(v.failing, v.by_account == me.account_id, me.role)}
    return render_template(
        "care/house.html",
        home=home,
        kids=open_children(home),
        visits=found,
        whole=whole,
        names=names_of({v.by_account for v in found if v.by_account}),
        due=queries.due_day(home.id, home.scope_path),
    )


@bp.route("/visits/houses/<int:home_id>/new", methods=["GET", "POST"])
@may_be_kept(_l("Record a visit"))
@requires(Permission.visit_make, load=queries.home, logged=Act.house_read)
def visit(home: Household) -> Any:
    """One screen: whom was met, how the children are, who looks after them, what was noticed."""
    form = visit_form(home)
    page = {"form": form, "home": home, "old": None, "failing": sorted(FAILING)}
    if not form.sent():
        shown = render_template("care/visit.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        kept = actions.record_visit(home, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/visit.html", **page)
    return done(_kept(kept), "care.walk", village_id=home.village_id)


def _kept(visit: Visit) -> str:
    if visit.failing:
        return gettext("Kept, and reported: those who read reports have been told just now.")
    if visit.asks_less:
        return gettext("Kept. The township decides on the lower level.")
    if visit.outcome is HomeFound.moved:
        return gettext("Kept. Please move or close the files of this house.")
    return gettext("The visit is kept.")


def load_visit(visit_id: int) -> Visit:
    """A visit whose findings the reader may see whole; raise Missing."""
    found, me = queries.get(visit_id), actor()
    if not tells_all(found.failing, found.by_account == me.account_id, me.role):
        raise Missing
    return found


@bp.route("/visits/<int:visit_id>/correct", methods=["GET", "POST"])
@requires(Permission.visit_make, load=load_visit, logged=Act.house_read)
def correct_visit(old: Visit) -> Any:
    """The same form with what stands there; the first record stays and counts no more."""
    form = correction_form(old)
    page = {"form": form, "home": old.household, "old": old}
    if not form.sent():
        shown = render_template("care/visit.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        kept = _corrected(old, form)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/visit.html", **page)
    if kept is None:
        return refused("care/visit.html", **page)
    return done(_kept(kept), "care.house", home_id=old.household_id)


def _corrected(old: Visit, form: HouseVisitForm) -> Visit | None:
    version = form.submitted_version
    try:
        return actions.correct_visit(old, form.said(), by=actor(), version=version)
    except Stale as stale:
        form.version.data = str(stale.now)
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))
        return None


@bp.get("/visits/levels")
@requires(Permission.visit_settle)
def levels() -> str:
    """Lower levels that visits propose, with what was found; the township decides."""
    found = queries.asking_less(actor().scope)
    names = names_of({v.by_account for v in found if v.by_account})
    return render_template("care/levels.html", visits=found, names=names)


@bp.post("/visits/<int:visit_id>/level")
@requires(Permission.visit_settle, load=queries.get)
def settle(visit: Visit) -> Any:
    """Lower the level, or leave it as it is."""
    form = SettleForm()
    if not form.sent():
        return redirect(url_for("care.levels"), 303)
    lower, version = form.decision.data is LevelDecision.agree, form.submitted_version
    count = actions.settle_level(visit, lower, by=actor(), version=version)
    text = gettext("The level is lowered.") if count else gettext("The level stays as it is.")
    return done(text, "care.levels")
