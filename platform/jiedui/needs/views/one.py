"""One need: look at it, add one for a child on file, confirm its urgency, end it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.children import queries as children
from jiedui.children.forms import differences
from jiedui.children.models import Child
from jiedui.core import clock
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, Stale
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.needs import actions, queries
from jiedui.needs.forms import AddForm, CloseForm, change_form
from jiedui.needs.models import Need
from jiedui.needs.views.blueprint import bp


def _need(need_id: int) -> Need:
    return queries.get(need_id)


def _child(child_id: int) -> Child:
    return children.get(child_id)


def _facts(need: Need) -> dict[str, Any]:
    counted = queries.counted_urgency(need, clock.today())
    missing = queries.missing_for(need)
    return {
        "need": need,
        "missing": missing,
        "office": queries.office_for(need),
        "counted": counted,
    }


@bp.get("/needs/<int:need_id>")
@requires(Permission.need_read, load=_need, logged=Act.need_read)
def show(need: Need) -> str:
    """One need with what it lacks and who decides."""
    form = Form(data={"version": str(need.version)})
    return render_template("needs/show.html", form=form, **_facts(need))


@bp.route("/children/<int:child_id>/need", methods=["GET", "POST"])
@requires(Permission.need_raise, load=_child)
def add(child: Child) -> Any:
    """A wish of a child on file."""
    form = AddForm().of(child)
    form.start_near(None, queries.nearest_place(child.village))
    if not form.sent():
        page = render_template("needs/add.html", form=form, child=child)
        return (page, 422) if request.method == "POST" else page
    try:
        actions.raise_need(form.kids(), form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("needs/add.html", form=form, child=child)
    return done(gettext("The wish is kept."), "files.child", child_id=child.id)


@bp.route("/needs/<int:need_id>/change", methods=["GET", "POST"])
@requires(Permission.need_raise, load=_need)
def change(need: Need) -> Any:
    """Change what is wished; a page that has become old shows both."""
    form = change_form(need)
    page = {"form": form, "need": need, "child": need.children[0], "differs": None}
    if not form.sent():
        answer = render_template("needs/change.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.change_need(need, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("needs/change.html", **page)
    except Stale as stale:
        page["differs"] = differences(form, change_form(need, formdata=None))
        form.version.data = str(stale.now)
        return refused("needs/change.html", **page)
    return done(gettext("The wish is changed."), "needs.show", need_id=need.id)


@bp.route("/needs/<int:need_id>/confirm", methods=["GET", "POST"])
@requires(Permission.need_confirm, load=_need)
def confirm(need: Need) -> Any:
    """The township has looked: it is as urgent as was said."""
    form = Form(data={"version": str(need.version)})
    if request.method == "GET":
        return redirect(url_for("needs.show", need_id=need.id), 303)
    try:
        actions.confirm_urgency(need, by=actor(), version=form.submitted_version)
    except (Refusal, Stale) as trouble:
        _say(form, trouble)
        return refused("needs/show.html", form=form, **_facts(need))
    return done(gettext("The urgency is confirmed for 30 days."), "needs.show", need_id=need.id)


@bp.route("/needs/<int:need_id>/close", methods=["GET", "POST"])
@requires(Permission.need_raise, load=_need)
def close(need: Need) -> Any:
    """End a need, for a reason."""
    form = CloseForm(data={"version": str(need.version)})
    if not form.sent():
        page = render_template("needs/close.html", form=form, need=need)
        return (page, 422) if request.method == "POST" else page
    try:
        actions.close_need(need, form.reason.data, by=actor(), version=form.submitted_version)
    except (Refusal, Stale) as trouble:
        _say(form, trouble)
        return refused("needs/close.html", form=form, need=need)
    return done(gettext("The need has ended."), "needs.show", need_id=need.id)


def _say(form: Form, trouble: Refusal | Stale) -> None:
    """Put a no on the page; an old page becomes a new one, to be looked at once more."""
    if isinstance(trouble, Refusal):
        form.refuse(trouble)
        return
    form.version.data = str(trouble.now)
    form.form_errors.append(gettext("Somebody has changed this since you opened it"))
