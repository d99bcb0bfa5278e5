"""The facts of a file: change them, close it, show what is hidden, guardians."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.children import actions, queries
from jiedui.children.forms import (
    CloseForm,
    RevealForm,
    change_form,
    differences,
    guardian_form,
)
from jiedui.children.models import Child, Guardian
from jiedui.children.rules import Masked
from jiedui.children.views.blueprint import bp, load
from jiedui.core.errors import Missing, Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


@bp.route("/children/<int:child_id>/change", methods=["GET", "POST"])
@requires(Permission.child_change, load=load)
def change(child: Child) -> Any:
    """Change the facts; a page that has become old shows both."""
    form = change_form(child)
    page = {"form": form, "child": child, "differs": []}
    if not form.sent():
        answer = render_template("children/change.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.change_child(child, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/change.html", **page)
    except Stale as stale:
        page["differs"] = differences(form, change_form(child, formdata=None))
        form.version.data = str(stale.now)
        return refused("children/change.html", **page)
    return done(gettext("The file is changed."), "files.child", child_id=child.id)


@bp.route("/children/<int:child_id>/close", methods=["GET", "POST"])
@requires(Permission.child_change, load=load)
def close(child: Child) -> Any:
    """A file leaves the ledger."""
    form = CloseForm(data={"version": str(child.version)})
    if not form.sent():
        page = render_template("children/close.html", form=form, child=child)
        return (page, 422) if request.method == "POST" else page
    actions.close_child(child, form.reason.data, by=actor(), version=form.submitted_version)
    return done(gettext("The file is closed."), "files.child", child_id=child.id)


@bp.route("/children/<int:child_id>/reveal/<field>", methods=["GET", "POST"])
@requires(Permission.child_reveal)
def reveal(child_id: int, field: str) -> Any:
    """Show what is hidden, for a reason that is recorded; shown once, on this answer."""
    child = _revealable(child_id, field)
    form = RevealForm()
    page = {"form": form, "child": child, "what": Masked(field)}
    if not form.sent():
        answer = render_template("children/reveal.html", value=None, **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        value = actions.reveal(child, Masked(field), form.reason.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/reveal.html", value=None, **page)
    return render_template("children/reveal.html", value=value, **page)


def _revealable(child_id: int, field: str) -> Child:
    child = load(child_id)
    if field not in set(Masked) or not child.scope_path.startswith(actor().scope):
        raise Missing
    return child


def _guardian(guardian_id: int) -> Guardian:
    return queries.guardian(guardian_id)


@bp.route("/guardians/<int:guardian_id>", methods=["GET", "POST"])
@requires(Permission.child_change, load=_guardian)
def guardian(one: Guardian) -> Any:
    """Change what is known of a guardian or carer."""
    form = guardian_form(one)
    child = one.household.children[0]
    if not form.sent():
        page = render_template("children/guardian.html", form=form, child=child)
        return (page, 422) if request.method == "POST" else page
    try:
        actions.change_guardian(one, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/guardian.html", form=form, child=child)
    return done(gettext("Changed."), "files.child", child_id=child.id)
