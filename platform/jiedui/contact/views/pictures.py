"""A helper's picture for the family card: by the helper, or by an office that was given it."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.contact.actions import pictures as actions
from jiedui.contact.forms.pictures import PictureForm
from jiedui.contact.queries import own as queries
from jiedui.contact.views.blueprint import bp
from jiedui.core import uploads
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper


@bp.route("/helpers/<int:helper_id>/picture", methods=["GET", "POST"])
@requires(Permission.certificate_issue, load=helpers.get)
def picture(helper: Helper) -> Any:
    """The picture there is, another one, or none any more."""
    if request.form.get("act") == "remove":
        actions.remove(helper, by=actor())
        return done(gettext("The picture is gone."), "contact.picture", helper_id=helper.id)
    form = PictureForm()
    page = {"form": form, "helper": helper, "known": queries.picture_of(helper.id)}
    if not form.sent():
        answer = render_template("contact/picture.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    sent = request.files.get("file")
    try:
        actions.keep(helper, sent.read() if sent else b"", by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("contact/picture.html", **page)
    said = gettext("The picture stands on every family card printed from now on.")
    return done(said, "contact.picture", helper_id=helper.id)


@bp.get("/helpers/<int:helper_id>/picture/file")
@requires(Permission.certificate_issue, load=helpers.get)
def picture_file(helper: Helper) -> Response:
    """The picture itself."""
    known = queries.picture_of(helper.id)
    if known is None:
        raise Missing
    return uploads.answer(known.content, known.kind, helper.code)
