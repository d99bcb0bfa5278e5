"""A guardian far away is asked by a link: made by the director, answered on one small page that
needs no account and has no names in its address."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, open_door, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.children import actions, queries
from jiedui.children.forms import AnswerForm, AskForm
from jiedui.children.models import Child, ConsentLink
from jiedui.children.rules import Purpose, masked_name
from jiedui.children.views.blueprint import bp, load
from jiedui.core.errors import Refusal
from jiedui.core.pages import in_full, refused


@bp.route("/children/<int:child_id>/ask", methods=["GET", "POST"])
@requires(Permission.child_consent, load=load)
def ask(child: Child) -> Any:
    """Make a link for a guardian far away, and the code to tell by voice; shown once."""
    form = AskForm()
    form.offer(child.guardians)
    page = {"form": form, "child": child, "guardian": None, "link": None, "code": None}
    if not form.sent():
        answer = render_template("children/ask.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    number = form.guardian_id
    token, code = actions.make_consent_link(child, number, Purpose.matching, by=actor())
    page |= {"link": address(token), "code": code, "guardian": queries.guardian(number)}
    return render_template("children/ask.html", **page)


def address(token: str) -> str:
    """The whole address of a link, as it is pasted into a message."""
    return in_full("children.answer", token=token)


@bp.route("/answer/<token>", methods=["GET", "POST"])
@open_door("a guardian far away answers without an account", transaction="read")
def answer(token: str) -> Any:
    """Who asks, what for, what is shown to whom; yes or no with the code told by voice."""
    link = queries.link(token)
    if link is None:
        return render_template("children/answer_gone.html"), 410
    form = AnswerForm()
    page = {"form": form, **_told(link)}
    if not form.sent():
        shown = render_template("children/answer.html", **page)
        return (shown, 422) if request.method == "POST" else shown
    try:
        said = actions.answer_link(token, form.code.data, form.answer.data)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/answer.html", **page)
    return render_template("children/answered.html", answer=said.answer)


def _told(link: ConsentLink) -> dict[str, Any]:
    return {
        "told": queries.told_about(link.purpose, link.about_id),
        "child_called": masked_name(link.child.name),
        "township": link.child.village.parent,
        "asker": names_of({link.made_by}).get(link.made_by, "") if link.made_by else "",
    }
