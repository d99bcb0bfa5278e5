"""The facts of a file: change them, close it, open it again, show what is hidden."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.children import actions, queries
from jiedui.children.forms import ChangeForm, CloseForm, RevealForm, change_form, differences
from jiedui.children.models import Child
from jiedui.children.rules import ChildRefusal, Masked
from jiedui.children.views.blueprint import bp, load
from jiedui.core.errors import Missing, Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, done_and_back, refused


@bp.route("/children/<int:child_id>/change", methods=["GET", "POST"])
@requires(Permission.child_change, load=load)
def change(child: Child) -> Any:
    """Change the facts; a page that has become old shows both."""
    form = change_form(child)
    page = {"form": form, "child": child, "differs": None, "known": None}
    if not form.sent():
        answer = render_template("children/change.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.change_child(child, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/change.html", **page | {"known": _known(form, refusal)})
    except Stale as stale:
        page["differs"] = differences(form, change_form(child, formdata=None))
        form.version.data = str(stale.now)
        return refused("children/change.html", **page)
    return done_and_back(gettext("The file is changed."), "files.child", child_id=child.id)


def _known(form: ChangeForm, refusal: Refusal) -> Child | None:
    if refusal.code is not ChildRefusal.known_already:
        return None
    return queries.known_to(actor(), form.id_number.data)


@bp.route("/children/<int:child_id>/close", methods=["GET", "POST"])
@requires(Permission.child_change, load=load)
def close(child: Child) -> Any:
    """A file leaves the ledger."""
    form = CloseForm(data={"version": str(child.version)})
    if not form.sent():
        page = render_template("children/close.html", form=form, child=child)
        return (page, 422) if request.method == "POST" else page
    try:
        actions.close_child(child, form.reason.data, by=actor(), version=form.submitted_version)
    except Stale as stale:
        form.version.data = str(stale.now)
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))
        return refused("children/close.html", form=form, child=child)
    return done(gettext("The file is closed."), "files.child", child_id=child.id)


@bp.post("/children/<int:child_id>/reopen")
@requires(Permission.child_change, load=load)
def reopen(child: Child) -> Any:
    """A file comes back: the child is here again, or it was closed by mistake."""
    actions.reopen_child(child, by=actor())
    return done(gettext("The file is open again."), "files.child", child_id=child.id)


def _masked(child_id: int, field: str) -> Child:
    if field not in set(Masked):
        raise Missing
    return load(child_id)


@bp.route("/children/<int:child_id>/reveal/<field>", methods=["GET", "POST"])
@requires(Permission.child_reveal, load=_masked, recent=True)
def reveal(child: Child) -> Any:
    """Show what is hidden, for a reason that is recorded; shown once, on this answer."""
    form = RevealForm()
    what = Masked((request.view_args or {})["field"])
    page = {"form": form, "child": child, "what": what}
    if not form.sent():
        answer = render_template("children/reveal.html", value=None, **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        value = actions.reveal(child, what, form.reason.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/reveal.html", value=None, **page)
    return render_template("children/reveal.html", value=value, **page)
