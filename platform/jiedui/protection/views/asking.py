"""Whoever reported asks how far it is: by number and secret, without an account."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, open_door, requires
from jiedui.access.policy import Permission
from jiedui.core import db
from jiedui.core.errors import Refusal
from jiedui.core.pages import refused
from jiedui.protection import actions, queries
from jiedui.protection.forms import AskForm
from jiedui.protection.rules import ReportRefusal, news
from jiedui.protection.views.blueprint import bp

PAGE = "protection/ask.html"


@bp.get("/report/own")
@requires(Permission.desk_see)
def own_reports() -> str:
    """What somebody reported signed in, and how far each is (未保法 11)."""
    mine = [(one, news(one.state, one.outcome)) for one in queries.of_own(actor())]
    return render_template("protection/own.html", mine=mine)


@bp.route("/report/ask", methods=["GET", "POST"])
@open_door(
    "whoever reported may ask how far it is, without saying who they are", transaction="read"
)
def ask() -> Any:
    """How far a report is, and what whoever reads reports wrote back."""
    form = AskForm()
    if not form.sent():
        page = render_template(PAGE, form=form, report=None)
        return (page, 422) if form.is_submitted() else page
    try:
        with db.note():
            found = actions.look_for(form.digits, form.secret, request.remote_addr or "")
        if found is None:
            raise Refusal(ReportRefusal.nothing_found, "code")
    except Refusal as refusal:
        form.refuse(refusal)
        return refused(PAGE, form=form, report=None)
    told = news(found.state, found.outcome)
    return render_template(PAGE, form=form, report=found, news=told)
