"""The second person's pages: decisions that wait, and ties between a giver and a household."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.donations.actions import deciding as actions
from jiedui.donations.actions import relations
from jiedui.donations.forms.deciding import SecondForm, TieForm
from jiedui.donations.models import GiftDecision, GiftTie
from jiedui.donations.queries import deciding as queries
from jiedui.donations.queries import relations as ties
from jiedui.donations.rules.deciding import DecisionState
from jiedui.donations.views.blueprint import bp, own_county
from jiedui.regions.models import Region


@bp.get("/gifts/decisions")
@requires(Permission.gift_manage, load=own_county)
def decisions(county: Region) -> str:
    """What waits for a second person, and what was decided so before."""
    return render_template(
        "donations/decisions.html", rows=queries.recent(county.id),
        ties=ties.waiting(actor(), county.id),
    )  # fmt: skip


def _page(decision: GiftDecision, form: Any) -> dict[str, Any]:
    who = {decision.decided_by} | ({decision.second_by} if decision.second_by else set())
    me = {actor().account_id, actor().acts_as}
    mine = bool(me & {decision.decided_by, decision.decided_as})
    waits = decision.state is DecisionState.waiting
    return {
        "decision": decision, "names": names_of(who), "form": form, "mine": mine, "waits": waits,
        "day": queries.decided_on(
            decision.on, {decision.decided_by, decision.decided_as},
            {one.gift_id for one in decision.allotments},
        ),
    }  # fmt: skip


@bp.get("/gifts/decisions/<int:decision_id>")
@requires(Permission.gift_manage, load=queries.get)
def decision(one: GiftDecision) -> str:
    """One decision: what it gives to which wishes, who decided, and what is asked of the second."""
    form = Form(data={"version": str(one.version)})
    return render_template("donations/decision.html", **_page(one, form))


@bp.post("/gifts/decisions/<int:decision_id>/agree")
@requires(Permission.gift_manage, load=queries.get)
def agree(one: GiftDecision) -> Any:
    """The second person says yes."""
    form = Form()
    try:
        actions.agree(one, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/decision.html", **_page(one, form))
    return done(gettext("Agreed: it may be sent now."), "donations.decisions")


@bp.route("/gifts/decisions/<int:decision_id>/refuse", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=queries.get)
def say_no(one: GiftDecision) -> Any:
    """The second person says no: the amounts are in stock again."""
    form = SecondForm(data={"version": str(one.version)})
    if not form.sent():
        shown = render_template("donations/second_no.html", **_page(one, form))
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.refuse(one, form.evidence.data, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/second_no.html", **_page(one, form))
    return done(gettext("Refused: all of it is in stock again."), "donations.decisions")


@bp.route("/gifts/ties/<int:tie_id>", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=ties.get)
def tie(one: GiftTie) -> Any:
    """A tie between giver and household: another person says what they found. The page tells the
    kind of tie only, neither the number nor the name."""
    form = TieForm(data={"version": str(one.version)})
    page = {"tie": one, "form": form, "mine": _found_it(one)}
    if not form.sent():
        shown = render_template("donations/tie.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    said = form.answer, form.reason.data, form.evidence.data
    try:
        relations.answer(one, *said, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/tie.html", **page)
    return done(gettext("Your answer is on record."), "donations.decisions")


def _found_it(one: GiftTie) -> bool:
    return bool({actor().account_id, actor().acts_as} & {one.found_by, one.found_as})
