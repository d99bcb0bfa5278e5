"""The duty roster, and what has run out, for those who answer for it."""

from __future__ import annotations

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.protection import queries
from jiedui.protection.actions import duty as actions
from jiedui.protection.forms.duty import TurnForm
from jiedui.protection.models import DutyTurn
from jiedui.protection.queries import duty as find
from jiedui.protection.views.blueprint import bp
from jiedui.protection.views.figures import may_count
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting


@bp.get("/duty")
@requires(Permission.report_handle)
def roster() -> str:
    """Who is on duty when, and who is called now."""
    county = actor().county_id
    turns = find.turns(county)
    order = find.call_order(county)
    ids = {one.account_id for one in turns} | set(order)
    return render_template(
        "protection/duty.html",
        turns=turns,
        there={one.id for one in find.there_now(county)},
        order=order,
        names=names_of(ids),
        clocks=regions.setting(county, Setting.report_clocks),
    )


@bp.route("/duty/new", methods=["GET", "POST"])
@requires(Permission.duty_manage)
def new_turn() -> Any:
    """Put somebody on the roster."""
    form = TurnForm()
    people = {one.account_id: one.account.name for one in queries.readers(actor().county_id)}
    form.offer(sorted(people.items()))
    if not form.sent():
        page = render_template("protection/new_turn.html", form=form)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.set_turn(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("protection/new_turn.html", form=form)
    return done(gettext("It stands on the roster."), "protection.roster")


@bp.post("/duty/<int:turn_id>/end")
@requires(Permission.duty_manage, load=find.turn)
def end_turn(turn: DutyTurn) -> Response:
    """Take an entry off the roster."""
    actions.end_turn(turn.id, by=actor())
    return done(gettext("Taken off the roster."), "protection.roster")


@bp.get("/reports/run-out")
@requires(Permission.clocks_see)
def clocks() -> str:
    """Clocks that have run out: numbers and times, nothing of what was said."""
    found = find.run_out(actor())
    return render_template("protection/clocks.html", found=found, may_count=may_count())
