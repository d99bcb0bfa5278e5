"""Who stands in for a coordinator who is away (代某某), and from when to when."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access import actions, queries
from jiedui.access.forms.deputies import DeputyForm, deputy_form
from jiedui.access.guard import actor, requires
from jiedui.access.models import Deputy, RoleHolding
from jiedui.access.policy import Permission
from jiedui.access.views.blueprint import bp
from jiedui.core import clock, db
from jiedui.core.errors import Missing, NotNow, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


@bp.route("/deputies", methods=["GET", "POST"])
@requires(Permission.account_deputise)
def deputies() -> Any:
    """Whom one has named, and naming somebody of the same office."""
    who = actor()
    colleagues = queries.colleagues(who)
    form = deputy_form(colleagues)
    if not form.sent():
        page = render_template("access/deputies.html", form=form, **_named())
        return (page, 422) if form.is_submitted() else page
    if who.acting_for is not None or who.holding is None:
        raise NotNow  # a deputy names nobody in the place of the person they stand in for
    try:
        named = _name(form, colleagues)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/deputies.html", form=form, **_named())
    name = named.deputy.name
    return done(gettext("%(name)s stands in for you.", name=name), "access.deputies")


def _name(form: DeputyForm, colleagues: list[RoleHolding]) -> Deputy:
    who = actor()
    chosen = next(h for h in colleagues if str(h.id) == form.deputy.data)
    holding_id = who.holding.id if who.holding else 0
    named = actions.name_deputy(holding_id, chosen, form.first.data, form.last.data, by=who)
    db.session.flush()  # the page says the name
    return named


def _named() -> dict[str, Any]:
    who = actor()
    today = clock.today()
    known = queries.deputies_of(who.account_id)
    return {
        "stands_in": who.holding.principal if who.holding else None,
        "living": [d for d in known if d.ended_at is None and d.ends >= today],
        "past": [d for d in known if d.ended_at is not None or d.ends < today],
    }


def _own(deputy_id: int) -> Deputy:
    found = db.session.get(Deputy, deputy_id)
    if found is None or found.account_id != actor().account_id:
        raise Missing
    return found


@bp.post("/deputies/<int:deputy_id>/end")
@requires(Permission.account_deputise, load=_own)
def end_deputy(named: Deputy) -> Any:
    """One is back: the deputy's time ends now."""
    if named.ended_at is None:
        actions.end_deputy(named, by=actor())
    return done(gettext("You act for yourself again."), "access.deputies")
