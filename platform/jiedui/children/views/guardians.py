"""Guardians and carers of a household: change one, add one."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.children import actions, queries
from jiedui.children.forms import differences, guardian_form
from jiedui.children.models import Child, Guardian
from jiedui.children.views.blueprint import bp, load
from jiedui.core import audit, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


def _guardian(guardian_id: int) -> Guardian:
    return queries.guardian(guardian_id)


@bp.route("/guardians/<int:guardian_id>", methods=["GET", "POST"])
@requires(Permission.child_change, load=_guardian)
def guardian(one: Guardian) -> Any:
    """Change what is known of a guardian or carer."""
    form, child = guardian_form(one), one.household.children[0]
    if request.method == "GET":
        with db.note():
            audit.record(Act.child_read, child, by=actor())
    page = {"form": form, "child": child, "one": one, "differs": None}
    if not form.sent():
        answer = render_template("children/guardian.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.change_guardian(one, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/guardian.html", **page)
    except Stale as stale:
        page["differs"] = differences(form, guardian_form(one, formdata=None))
        form.version.data = str(stale.now)
        return refused("children/guardian.html", **page)
    return done(gettext("Changed."), "files.child", child_id=child.id)


@bp.route("/children/<int:child_id>/guardians", methods=["GET", "POST"])
@requires(Permission.child_change, load=load)
def new_guardian(child: Child) -> Any:
    """Somebody else who decides for the child, or looks after it."""
    form = guardian_form(None)
    page = {"form": form, "child": child, "one": None, "differs": None}
    if not form.sent():
        answer = render_template("children/guardian.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    actions.add_guardian(child.household, form.said(), by=actor())
    return done(gettext("Added."), "files.child", child_id=child.id)
