"""How the pairings do, worst first; hearing the three."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.core import clock
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import PAGE, done, refused
from jiedui.followup import actions, queries
from jiedui.followup.forms import hear_form, own_form
from jiedui.followup.rules import Health, Through
from jiedui.followup.views.blueprint import bp
from jiedui.pairings.actions.ending import is_helper
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life

ALL = "all"


@bp.get("/follow-up")
@requires(Permission.follow_up_read)
def index() -> str:
    """What needs somebody, worst first; those that go well only when asked for."""
    found = queries.standings(actor())
    everything = request.args.get("show") == ALL
    shown = [one for one in found if everything or one.health is not Health.green]
    page = max(1, request.args.get("page", 1, type=int))
    return render_template(
        "followup/index.html",
        counts=queries.counts(found),
        everything=everything,
        shown=shown[(page - 1) * PAGE : page * PAGE],
        page=page,
        last=max(1, -(-len(shown) // PAGE)),
        endings=queries.endings_unheard(actor()),
    )


@bp.get("/pairings/<int:pairing_id>/follow-up")
@requires(Permission.follow_up_read, load=life.get, logged=Act.pairing_read)
def show(pairing: Pairing) -> str:
    """One pairing: its signs, what the three said, when somebody is to be asked next."""
    said = queries.heard_of(pairing.id)
    return render_template(
        "followup/show.html",
        pairing=pairing,
        standing=queries.standing_of(pairing),
        said=said,
        stops=queries.stops_of(pairing.id),
        names=names_of({one.by_account for one in said}),
    )


@bp.route("/pairings/<int:pairing_id>/follow-up/new", methods=["GET", "POST"])
@requires(Permission.follow_up_record, load=life.get, logged=Act.pairing_read)
def hear(pairing: Pairing) -> Any:
    """Staff write down what the three say; a helper says how it goes for them."""
    own = is_helper(actor())
    form: Any = own_form(pairing) if own else hear_form(pairing)
    page = {"form": form, "pairing": pairing, "own": own}
    if not form.sent():
        shown = render_template("followup/hear.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        _kept(pairing, form, own)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("followup/hear.html", **page)
    back = "pairings.mine" if own else "followup.show"
    values = {} if own else {"pairing_id": pairing.id}
    return done(gettext("Thank you: what was said is kept."), back, **values)


def _kept(pairing: Pairing, form: Any, own: bool) -> None:
    day = clock.today() if own else form.on_day.data
    through = Through.own_page if own else form.through.data
    actions.hear(pairing, form.said(), day, through, by=actor())
