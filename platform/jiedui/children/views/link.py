"""The page a guardian opens by a link: one page, no account, no names in the address."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import open_door
from jiedui.children import actions, queries
from jiedui.children.forms import AnswerForm
from jiedui.children.views.blueprint import bp
from jiedui.core.errors import Refusal
from jiedui.core.pages import refused


@bp.route("/answer/<token>", methods=["GET", "POST"])
@open_door("a guardian far away answers without an account", transaction="read")
def answer(token: str) -> Any:
    """Who asks, what for, what is shown to whom; yes or no with the code told by voice."""
    link = queries.link(token)
    if link is None or not queries.link_lives(link):
        return render_template("children/answer_gone.html"), 410
    form = AnswerForm()
    page = {"form": form, "told": queries.told_about(link.purpose, link.about_id)}
    page["township"] = link.child.village.parent
    if not form.sent():
        shown = render_template("children/answer.html", **page)
        return (shown, 422) if request.method == "POST" else shown
    try:
        said = actions.answer_link(token, form.code.data, form.answer.data)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/answer.html", **page)
    return render_template("children/answered.html", answer=said.answer)
