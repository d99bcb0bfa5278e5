"""A guardian far away reads an agreement on one small page without an account, and says yes with a
code told by voice."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import open_door
from jiedui.access.queries import names_of
from jiedui.contact.actions import agreements as actions
from jiedui.contact.certificate import agreement as certificate
from jiedui.contact.forms.agreements import YesForm
from jiedui.contact.queries import agreements as queries
from jiedui.contact.views.blueprint import bp
from jiedui.core.errors import Refusal
from jiedui.core.pages import refused


@bp.route("/agreement/<token>", methods=["GET", "POST"])
@open_door("a guardian far away answers without an account", transaction="read")
def read_agreement(token: str) -> Any:
    """The words without the child's name; a yes with the spoken code."""
    link = queries.link(token)
    if link is None:
        return render_template("children/answer_gone.html"), 410
    form = YesForm()
    asker = names_of({link.made_by}).get(link.made_by, "") if link.made_by else ""
    page = {"form": form, "asker": asker, "paper": certificate.without_names(link.agreement)}
    if not form.sent():
        shown = render_template("contact/read.html", **page)
        return (shown, 422) if request.method == "POST" else shown
    try:
        actions.answer_link(token, form.code.data)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("contact/read.html", **page)
    return render_template("contact/agreed.html")
