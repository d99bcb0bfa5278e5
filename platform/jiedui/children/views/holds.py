"""A file is held back from clearing, and released."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.children import actions, queries
from jiedui.children.forms import HoldForm
from jiedui.children.models import Child
from jiedui.children.views.blueprint import bp, load
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused

PAGE = "children/hold.html"


@bp.route("/children/<int:child_id>/hold", methods=["GET", "POST"])
@requires(Permission.child_hold, load=load, logged=Act.child_read)
def hold(child: Child) -> Any:
    """Say why a file must be kept; of one that is held back, why it is."""
    form, one = HoldForm(), queries.hold_of(child.id)
    names = names_of({one.set_by}) if one and one.set_by else {}
    page = {"form": form, "child": child, "hold": one, "names": names}
    if one is not None or not form.sent():
        answer = render_template(PAGE, **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.set_hold(child, form.reason.data, form.words.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused(PAGE, **page)
    return done(gettext("The file is held back."), "files.child", child_id=child.id)


@bp.post("/children/<int:child_id>/release")
@requires(Permission.child_hold, load=load)
def release(child: Child) -> Any:
    """The file may go its way again."""
    form = HoldForm()
    try:
        actions.lift_hold(child, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused(PAGE, form=form, child=child, hold=None, names={})
    return done(gettext("The file is no longer held back."), "files.child", child_id=child.id)
