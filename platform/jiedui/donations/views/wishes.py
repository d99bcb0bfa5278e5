"""Material wishes: the list, one more for a child on file, the township's look, the end of one."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import PAGE, done, refused
from jiedui.donations.actions import wishes as actions
from jiedui.donations.forms.wishes import CloseForm, check_form, wish_form
from jiedui.donations.models import MaterialWish
from jiedui.donations.queries import wishes as queries
from jiedui.donations.rules.wishes import WishState
from jiedui.donations.views.blueprint import bp
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting


def _child(child_id: int) -> Child:
    return children.get(child_id)


@bp.get("/gifts/wishes")
@requires(Permission.wish_read)
def wishes() -> str:
    """Material wishes of a scope, urgent ones first."""
    said = request.args.get("state", WishState.open.value)
    state = WishState(said) if said in set(WishState) else None
    number = max(request.args.get("page", 1, type=int), 1)
    rows, total = queries.page(actor(), state, number)
    return render_template(
        "donations/wishes.html",
        rows=rows,
        total=total,
        number=number,
        last=(total + PAGE - 1) // PAGE,
        state=state,
        states=list(WishState),
    )


@bp.route("/children/<int:child_id>/gift-wish", methods=["GET", "POST"])
@requires(Permission.wish_raise, load=_child)
def add(child: Child) -> Any:
    """A material wish of a child on file."""
    form = wish_form(child)
    ceiling = regions.setting(child.county_id, Setting.wish_ceiling)
    page = {"form": form, "child": child, "ceiling": ceiling}
    if not form.sent():
        shown = render_template("donations/wish_form.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.raise_wish(child, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/wish_form.html", **page)
    return done(gettext("The wish is kept; the township looks at it next."), "donations.wishes",
                state=WishState.waiting.value)  # fmt: skip


@bp.route("/gifts/wishes/check", methods=["GET", "POST"])
@requires(Permission.wish_check)
def check() -> Any:
    """Wishes the township has not looked at; the ticked ones are open then."""
    waiting = queries.to_check(actor())
    form = check_form(waiting)
    page = {"form": form, "waiting": waiting}
    if not form.sent():
        shown = render_template("donations/check.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    versions = form.wishes.versions()
    try:
        good = actions.check(queries.chosen(versions, actor()), by=actor(), versions=versions)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/check.html", **page)
    said = ngettext("%(num)d wish is open now.", "%(num)d wishes are open now.", len(good))
    return done(said, "donations.wishes")


@bp.route("/gifts/wishes/<int:wish_id>/close", methods=["GET", "POST"])
@requires(Permission.wish_raise, load=queries.get)
def close(wish: MaterialWish) -> Any:
    """A wish ends unmet."""
    form = CloseForm(data={"version": str(wish.version)})
    if not form.sent():
        shown = render_template("donations/close.html", form=form, wish=wish)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.close(wish, form.reason.data, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/close.html", form=form, wish=wish)
    return done(gettext("The wish has ended."), "donations.wishes")
