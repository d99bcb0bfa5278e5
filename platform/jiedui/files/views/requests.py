"""What guardians ask about a child's data: taken, answered in writing, and the copy they get."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import day, done, refused
from jiedui.files import actions, queries
from jiedui.files.forms import AnswerForm, RequestForm
from jiedui.files.models import DataRequest
from jiedui.files.rules import OPENS_COPY, Outcome
from jiedui.files.views.blueprint import bp


def _child(child_id: int) -> Child:
    return children.get(child_id)


def _one(request_id: int) -> DataRequest:
    return queries.request(request_id)


def _granted(request_id: int) -> DataRequest:
    """A request to look or for a copy that was granted, at least in part."""
    one = queries.request(request_id)
    if one.asked not in OPENS_COPY or one.outcome in (None, Outcome.refused):
        raise Missing
    return one


@bp.get("/requests")
@requires(Permission.request_read)
def requests() -> str:
    """What guardians ask, open ones first."""
    before = request.args.get("before", type=int)
    answered = queries.requests_page(actor(), before)
    waiting = queries.open_requests(actor()) if before is None else ()
    return render_template(
        "files/requests.html", waiting=waiting, answered=answered, today=clock.today()
    )


@bp.route("/children/<int:child_id>/requests", methods=["GET", "POST"])
@requires(Permission.request_take, load=_child, logged=Act.child_read)
def new_request(child: Child) -> Any:
    """Take down what a guardian asks."""
    form = RequestForm()
    guardians = [one for one in child.household.guardians if one.is_guardian]
    form.offer(guardians)
    page = {"form": form, "child": child, "guardians": guardians}
    if not form.sent():
        answer = render_template("files/new_request.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    guardian = children.guardian(int(form.guardian.data))
    try:
        one = actions.take_request(child, guardian, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("files/new_request.html", **page)
    said = gettext("Kept. It is to be answered by %(day)s.", day=day(one.due_on))
    return done(said, "files.child", child_id=child.id)


@bp.route("/requests/<int:request_id>", methods=["GET", "POST"])
@requires(Permission.request_answer, load=_one, logged=Act.request_read)
def answer_request(one: DataRequest) -> Any:
    """Read a request, and answer it in writing."""
    form = AnswerForm(data={"version": str(one.version)})
    page = {"form": form, "one": one, "today": clock.today(), "opens_copy": OPENS_COPY}
    if one.outcome is not None or not form.sent():
        answer = render_template("files/request.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.answer_request(one, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("files/request.html", **page)
    return done(gettext("Answered. Print the letter for the guardian."), "files.requests")


@bp.get("/requests/<int:request_id>/letter")
@requires(Permission.request_read, load=_one, logged=Act.request_read)
def request_letter(one: DataRequest) -> str:
    """The answer on paper."""
    if one.outcome is None:
        raise Missing
    return render_template("files/letter.html", one=one)


@bp.get("/requests/<int:request_id>/copy")
@requires(Permission.request_take, load=_granted, logged=Act.request_copied, recent=True)
def request_copy(one: DataRequest) -> str:
    """Everything the portal holds about the child, on paper for the guardian: village and
    township print it, who know the family; it is a look at the file, too."""
    with db.note():
        audit.record(Act.child_read, one.child, by=actor())
    return render_template("files/copy.html", one=one, **queries.held(one.child))
