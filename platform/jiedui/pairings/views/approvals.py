"""What waits for an office's decision: the list with many ticks, and one proposal to decide."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import words
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import done, refused
from jiedui.pairings.actions import approvals as actions
from jiedui.pairings.forms.life import DecisionForm
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import approval, life
from jiedui.pairings.rules import Decision, Phase
from jiedui.pairings.views.blueprint import bp
from jiedui.pairings.views.shared import about, load
from jiedui.pairings.views.wording import spoken

OTHERS = 50


@bp.route("/pairings/approve", methods=["GET", "POST"])
@requires(Permission.pairing_approve)
def approve() -> Any:
    """Proposals on which one may decide now, to be ticked and approved together."""
    mine = approval.awaiting_approval(actor())
    if request.method == "POST":
        ticked = life.among(actor(), request.form.getlist("pairing", type=int))
        if ticked:
            return _approve_many(ticked)
        flash(gettext("Nothing is ticked yet: please tick at least one pair."), "bad")
        return refused("pairings/approve.html", **_lists(mine))
    return render_template("pairings/approve.html", **_lists(mine))


def _lists(mine: list[Pairing]) -> dict[str, Any]:
    known, clocks = {p.id for p in mine}, approval.clocks_of(actor().county_id)
    waiting = life.listed(actor(), Phase.deciding, 1, len(mine) + OTHERS)
    return {
        "pairings": mine,
        "others": [(p, approval.fault(p, actor(), clocks)) for p in waiting if p.id not in known],
        "counts": life.counts(actor()),
        "deciders": partial(approval.deciders, clocks=clocks),
    }


def _approve_many(ticked: list[int]) -> Any:
    approved, left = actions.approve_many(ticked, by=actor())
    for pairing, refusal in left:
        why = words.label(refusal.code, **spoken(refusal).facts)
        flash(gettext("%(code)s is not approved: %(why)s", code=pairing.code, why=why), "warn")
    message = ngettext("%(num)d pair is approved.", "%(num)d pairs are approved.", len(approved))
    return done(message, "pairings.approve")


@bp.route("/pairings/<int:pairing_id>/decide", methods=["GET", "POST"])
@requires(Permission.pairing_approve, load=load, logged=Act.pairing_read)
def decide(pairing: Pairing) -> Any:
    """One proposal with its reasons, and the decision."""
    form = DecisionForm()
    if not form.sent():
        if not form.is_submitted():
            form.version.data = pairing.version
        page = render_template("pairings/decide.html", form=form, **about(pairing))
        return (page, 422) if form.is_submitted() else page
    try:
        message = _decide(pairing, form)
    except Refusal as refusal:
        form.refuse(spoken(refusal))
        return refused("pairings/decide.html", form=form, **about(pairing))
    return done(message, "pairings.approve")


def _decide(pairing: Pairing, form: DecisionForm) -> str:
    by, version = actor(), form.submitted_version
    if form.decision.data is Decision.approve:
        actions.approve(pairing.id, by=by, version=version)
        return gettext("%(code)s is approved. Helper and family are asked now.", code=pairing.code)
    actions.reject(pairing.id, form.reason.data, by=by, version=version)
    return gettext("%(code)s is not approved. The need is looked at again.", code=pairing.code)
