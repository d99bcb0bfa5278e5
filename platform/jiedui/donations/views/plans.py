"""Proposals: asked for, looked at, decided on by what is ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import done, refused
from jiedui.donations.actions import plans as actions
from jiedui.donations.forms.deciding import plan_form
from jiedui.donations.models import GiftPlan, GiftPlanLine
from jiedui.donations.queries import plans as queries
from jiedui.donations.queries import relations
from jiedui.donations.rules.deciding import DecisionState
from jiedui.donations.rules.plans import AT_ONCE, LineState, PlanState
from jiedui.donations.rules.wishes import WishState
from jiedui.donations.views.blueprint import bp, own_county
from jiedui.regions.models import Region


@bp.route("/gifts/plan", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=own_county)
def new_plan(county: Region) -> Any:
    """Ask the engine for a proposal; where one is open, it is shown."""
    form = Form()
    plan = queries.open_plan(county.id)
    if not form.sent():
        if plan is not None and request.method == "GET":
            return redirect(url_for("donations.plan", plan_id=plan.id), 303)
        return render_template("donations/plan_new.html", form=form)
    try:
        plan = actions.make(county, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/plan_new.html", form=form)
    return done(gettext("The proposal is made; nothing is decided yet."), "donations.plan",
                plan_id=plan.id)  # fmt: skip


def _gone(line: GiftPlanLine) -> bool:
    """Whether the wish or the stock is not there any more."""
    return line.wish.state is not WishState.open or line.gift.stock.in_stock < line.amount


@bp.route("/gifts/plans/<int:plan_id>", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=queries.get)
def plan(plan: GiftPlan) -> Any:
    """A proposal: its lines by gift, ticked; what is left and why. One decision gives the ticked
    ones."""
    number = max(1, request.args.get("page", 1, type=int))
    lines = queries.lines(plan.id, number)
    tied = relations.stopped({(one.gift_id, one.wish_id) for one in lines})
    free = [o for o in lines if not _gone(o) and (o.gift_id, o.wish_id) not in tied]
    form = plan_form(free)
    if not form.sent():
        shown = render_template("donations/plan.html", **_page(plan, lines, tied, form, number))
        return (shown, 422) if form.is_submitted() else shown
    ticked = queries.chosen(plan.id, form.lines.versions())
    try:
        found = actions.settle(plan, ticked, form.evidence.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/plan.html", **_page(plan, lines, tied, form, number))
    words = _said(found, len(form.lines.versions()))
    return done(words, "donations.plan", plan_id=plan.id)


def _said(found: actions.Decided, ticked: int) -> str:
    """What became of what was ticked."""
    said = [ngettext("%(num)d line is allocated.", "%(num)d lines are allocated.", found.taken)]
    missing = ticked - found.taken - found.tied
    if missing > 0:
        said.append(
            ngettext(
                "%(num)d was gone and is left out.", "%(num)d were gone and are left out.", missing
            )
        )
    if found.tied:
        said.append(gettext("%(num)d wait for another person to look at a tie.", num=found.tied))
    if found.decision.state is DecisionState.waiting:
        said.append(gettext("A second person decides too before anything is sent."))
    return " ".join(said)


def _page(
    plan: GiftPlan, lines: Sequence[GiftPlanLine], tied: set[tuple[int, int]], form: Any, page: int
) -> dict[str, Any]:
    counts = queries.counts(plan.id)
    left, total = queries.left(plan.id)
    groups: dict[int, list[GiftPlanLine]] = {}
    for one in lines:
        groups.setdefault(one.gift_id, []).append(one)
    return {
        "plan": plan, "groups": list(groups.values()), "tied": tied, "form": form,
        "gone": {one.id for one in lines if _gone(one)}, "counts": counts, "left": left,
        "left_total": total, "number": page, "states": LineState,
        "last": -(-counts.get(LineState.proposed, 0) // AT_ONCE) or 1,
        "open": plan.state is PlanState.open,
    }  # fmt: skip
