"""Pages of units: lists, and a form to add or change one; a unit registers itself, and the office
in charge looks at it; its people."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.access.guard import actor, actor_or_none, open_door, requires
from jiedui.access.models import RoleHolding
from jiedui.access.policy import Permission
from jiedui.access.rules import AccessRefusal
from jiedui.access.views.slips import slip
from jiedui.core.actors import ANYBODY
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.partners import actions, queries
from jiedui.partners.forms import (
    ApplyForm,
    MemberForm,
    TakeInForm,
    TurnDownForm,
    UnitForm,
)
from jiedui.partners.models import Unit, UnitApplication
from jiedui.partners.views.blueprint import bp
from jiedui.settings import Settings

AT_ONCE = 50


@bp.get("/units")
@requires(Permission.unit_manage)
def units() -> str:
    """Units in the region."""
    after = request.args.get("after", 0, type=int)
    rows = queries.units_within(actor().scope, after, AT_ONCE + 1)
    return render_template("partners/units.html", rows=rows[:AT_ONCE], more=len(rows) > AT_ONCE)


@bp.route("/units/new", methods=["GET", "POST"])
@requires(Permission.unit_manage)
def new_unit() -> Any:
    """Add a unit."""
    form = UnitForm()
    if not form.sent():
        page = render_template("partners/unit.html", form=form, unit=None)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.register_unit(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("partners/unit.html", form=form, unit=None)
    return done(gettext("The unit is registered."), "partners.units")


@bp.route("/units/<int:unit_id>", methods=["GET", "POST"])
@requires(Permission.unit_manage, load=queries.get_unit)
def unit(unit: Unit) -> Any:
    """Change a unit."""
    form = UnitForm(obj=unit)
    if not form.sent():
        page = render_template("partners/unit.html", form=form, unit=unit)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.change_unit(unit, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("partners/unit.html", form=form, unit=unit)
    return done(gettext("The unit is saved."), "partners.units")


@bp.route("/units/apply", methods=["GET", "POST"])
@open_door("a company, charity or team registers itself")
def apply() -> Any:
    """Anybody registers their unit; the office in charge looks at its paper and rings."""
    form = ApplyForm()
    if not form.sent():
        page = render_template("partners/apply.html", form=form)
        return (page, 422) if form.is_submitted() else page
    try:
        one = _applied(form)
    except Refusal as refusal:
        form.refuse(refusal)
        page, status = refused("partners/apply.html", form=form)
        many = refusal.code is AccessRefusal.too_many_registrations
        return page, 429 if many else status
    said = gettext(
        "We have it under the number %(code)s. The office looks at the licence and rings within a "
        "week.",
        code=one.code,
    )
    flash(said, "ok")
    return redirect(url_for("disclosure.home"), 303)


def _applied(form: ApplyForm) -> UnitApplication:
    limits: Settings = current_app.config["SETTINGS"]
    access.count_registration(
        form.phone.data,
        request.remote_addr or "",
        from_one=limits.registrations_per_address,
        in_all=limits.registrations_a_day,
    )
    return actions.apply(form.said(), by=actor_or_none() or ANYBODY)


@bp.get("/units/applications")
@requires(Permission.unit_vet)
def applications() -> str:
    """Units that have registered themselves and wait for the reader's office."""
    return render_template("partners/applications.html", rows=queries.waiting_for(actor()))


@bp.route("/units/applications/<int:application_id>", methods=["GET", "POST"])
@requires(Permission.unit_vet, load=queries.application)
def application(one: UnitApplication) -> Any:
    """One of them: call, look at the paper, take it in or not."""
    take, turn = TakeInForm(), TurnDownForm()
    page = {"one": one, "take": take, "turn": turn}
    down = request.form.get("act") == "turn down"
    form: TakeInForm | TurnDownForm = turn if down else take
    if not form.sent():
        shown = render_template("partners/application.html", **page)
        return (shown, 422) if request.method == "POST" else shown
    try:
        return _turned_down(one, turn) if down else _taken_in(one, take)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("partners/application.html", **page)


def _turned_down(one: UnitApplication, form: TurnDownForm) -> Any:
    actions.turn_down(one.id, form.reason.data, by=actor())
    return done(
        gettext("It is written down that the unit is not taken in."), "partners.applications"
    )


def _taken_in(one: UnitApplication, form: TakeInForm) -> Any:
    _one, token = actions.accept(one.id, seen=form.seen.data, by=actor())
    account = accounts.by_phone(one.phone)
    if token and account is not None:
        return slip(account, token, one.region.full_name)
    said = gettext("The unit takes part. Its manager signs in with the account there is.")
    return done(said, "partners.applications")


@bp.route("/unit/members", methods=["GET", "POST"])
@requires(Permission.unit_members)
def members() -> Any:
    """The people of one's own unit, and one more; the link is shown once."""
    mine = actor().unit_id
    if mine is None:
        raise Missing
    form = MemberForm()
    unit = queries.get_unit(mine)
    page = {"form": form, "unit": unit, "rows": queries.members(mine)}
    if not form.sent():
        shown = render_template("partners/members.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        account, token = actions.invite_member(form.name.data, form.phone.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("partners/members.html", **page)
    return slip(account, token, unit.name)


@bp.post("/unit/members/<int:membership_id>/end")
@requires(Permission.unit_members, load=queries.membership)
def end_membership(holding: RoleHolding) -> Any:
    """Somebody is no member any more."""
    try:
        actions.end_membership(holding, by=actor())
    except Refusal:
        return done(gettext("This is no member of your unit"), "partners.members")
    return done(gettext("They are no member any more."), "partners.members")
