"""A team: one more helper is asked for, another leads."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.pairings.actions import teams as actions
from jiedui.pairings.candidates.teams import possible
from jiedui.pairings.forms.life import TeamForm
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import teams
from jiedui.pairings.views.blueprint import bp
from jiedui.pairings.views.draft import named_helper
from jiedui.pairings.views.shared import load
from jiedui.pairings.views.wording import spoken


@bp.route("/pairings/<int:pairing_id>/team", methods=["GET", "POST"])
@requires(Permission.round_run, load=load, logged=Act.pairing_read)
def team(pairing: Pairing) -> Any:
    """Who could come too, the best first, or anybody by number; put before the office."""
    form = TeamForm()
    if not form.sent():
        if not form.is_submitted():
            form.version.data = pairing.version
        page = render_template("pairings/team.html", **_facts(pairing, form))
        return (page, 422) if form.is_submitted() else page
    try:
        helper = named_helper(form.helper.data)
        made = actions.ask(pairing.id, helper, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(spoken(refusal))
        return refused("pairings/team.html", **_facts(pairing, form))
    words = gettext("%(code)s was handed in: somebody else approves it.", code=made.code)
    return done(words, "pairings.show", pairing_id=pairing.id)


def _facts(pairing: Pairing, form: TeamForm) -> dict[str, Any]:
    return {
        "form": form,
        "pairing": pairing,
        "members": teams.team_of(pairing) or [pairing],
        "possible": possible(pairing),
    }


@bp.post("/pairings/<int:pairing_id>/lead")
@requires(Permission.pairing_approve, load=load)
def lead(pairing: Pairing) -> Any:
    """From now on this helper leads the team."""
    try:
        actions.hand_over(pairing.id, by=actor(), version=request.form.get("version", type=int))
    except Refusal as refusal:
        raise spoken(refusal) from refusal
    words = gettext("%(name)s leads the team now.", name=pairing.helper.name)
    return done(words, "pairings.show", pairing_id=pairing.id)
