"""Files beyond one's own area: asked for, decided by who is in charge there, closed again."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.core import clock
from jiedui.core.errors import Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.files import actions, queries
from jiedui.files.forms import AccessForm, VerdictForm
from jiedui.files.models import FileAccess
from jiedui.files.rules import Verdict, standing, two_persons_fault
from jiedui.files.views.blueprint import bp


@bp.route("/file-access", methods=["GET", "POST"])
@requires(Permission.access_ask)
def accesses() -> Any:
    """Ask for a file; what is open to oneself, and what was asked for."""
    form = AccessForm()
    page = {"form": form, **_own()}
    if not form.sent():
        answer = render_template("files/accesses.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.ask_access(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("files/accesses.html", **page)
    return done(gettext("Asked. If the file is opened to you, it stands here."), "files.accesses")


def _own() -> dict[str, Any]:
    today, mine = clock.today(), queries.accesses_of(actor())
    return {
        "opened": queries.opened_to(actor()),
        "asked": [(one, standing(one.state, one.until, today)) for one in mine],
    }


@bp.get("/file-access/decide")
@requires(Permission.access_decide)
def accesses_to_decide() -> str:
    """What others ask to read in one's area, and what is open to them."""
    waiting = queries.accesses_to_decide(actor())
    running = queries.accesses_running(actor())
    names = names_of({one.asked_by for one in (*waiting, *running)})
    return render_template(
        "files/accesses_to_decide.html",
        waiting=waiting, running=running, names=names, today=clock.today(),
    )  # fmt: skip


@bp.route("/file-access/<int:access_id>", methods=["GET", "POST"])
@requires(Permission.access_decide, load=queries.access)
def access(one: FileAccess) -> Any:
    """Who asks, what for, until when; and the decision."""
    form = VerdictForm(data={"version": str(one.version), "until": one.until})
    page = about(one) | {"form": form}
    if not form.sent():
        answer = render_template("files/access.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        _decide(one, form)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("files/access.html", **page)
    except Stale:
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))
        return refused("files/access.html", **page)
    return done(gettext("Decided."), "files.accesses_to_decide")


def _decide(one: FileAccess, form: VerdictForm) -> None:
    version = form.submitted_version
    if form.verdict.data is Verdict.no:
        actions.refuse_access(one, form.answer.data or "", by=actor(), version=version)
    else:
        actions.open_access(one, form.until.data or one.until, by=actor(), version=version)


def about(one: FileAccess) -> dict[str, Any]:
    """What the page says of it, and what this reader may do."""
    today = clock.today()
    ids = {one.asked_by, one.decided_by, one.ended_by} - {None}
    return {
        "one": one,
        "names": names_of(ids),
        "stands": standing(one.state, one.until, today),
        "may_decide": two_persons_fault(one.asked_by, actor()) is None,
    }


@bp.post("/file-access/<int:access_id>/back")
@requires(Permission.access_decide, load=queries.access)
def take_back(one: FileAccess) -> Any:
    """Who is in charge closes it before its time."""
    actions.end_access(one, by=actor())
    return done(gettext("Taken back. The file is closed to them."), "files.accesses_to_decide")


@bp.post("/file-access/<int:access_id>/done")
@requires(Permission.access_ask, load=queries.any_access)
def no_longer_needed(one: FileAccess) -> Any:
    """Who asked has seen enough."""
    actions.end_access(one, by=actor())
    return done(gettext("The file is closed to you again."), "files.accesses")
