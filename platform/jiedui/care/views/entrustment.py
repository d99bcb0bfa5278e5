"""An agreement before it is signed: drafted from the record, changed, printed."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.care import queries
from jiedui.care.actions import entrustment as actions
from jiedui.care.certificate import entrustment as certificate
from jiedui.care.certificate.wording import paper as worded
from jiedui.care.forms.entrustment import draft_form
from jiedui.care.models import Entrustment
from jiedui.care.queries import Home
from jiedui.care.rules.entrustment import Signer
from jiedui.care.views.blueprint import bp
from jiedui.children import queries as children
from jiedui.children.forms import differences
from jiedui.children.models import Child
from jiedui.children.rules import CALLS_BY_NAME, ChildState
from jiedui.core import words
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


def load(entrustment_id: int) -> Entrustment:
    """The agreement of the URL; whether the reader may see it is the guard's question."""
    return queries.get_entrustment(entrustment_id)


def _child(child_id: int) -> Child:
    return children.get(child_id)


def _home(child: Child) -> Home:
    home = child.household
    return Home(home, [c for c in home.children if c.state is ChildState.open])


@bp.route("/children/<int:child_id>/entrust", methods=["GET", "POST"])
@requires(Permission.guardianship_change, load=_child)
def entrust(child: Child) -> Any:
    """A new agreement for the children of a house, filled in from the record."""
    form = draft_form(_home(child))
    page = {"form": form, "child": child, "one": None, "differs": None}
    if not form.sent():
        answer = render_template("care/draft.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        made = actions.draft(child.household, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/draft.html", **page)
    return done(gettext("The draft is made."), "care.entrustment", entrustment_id=made.id)


@bp.get("/entrustments/<int:entrustment_id>")
@requires(Permission.guardianship_read, load=load, logged=Act.entrustment_read)
def entrustment(one: Entrustment) -> str:
    """The agreement as it looks on paper, where it stands and what comes next."""
    local = actor().role in CALLS_BY_NAME
    moves = queries.paper_moves([one.id])
    return render_template(
        "care/entrustment.html",
        one=one,
        local=local,
        paper=worded(one) if local else None,
        signers=[words.label(Signer(name)) for name in one.signers],
        moves=moves,
        names=names_of({move.by_account for move in moves if move.by_account}),
    )


@bp.route("/entrustments/<int:entrustment_id>/change", methods=["GET", "POST"])
@requires(Permission.guardianship_change, load=load)
def change_entrustment(one: Entrustment) -> Any:
    """Change what it says while nobody has signed it; a page that has become old shows both."""
    home = Home(one.household, [c for c in one.household.children if c.state is ChildState.open])
    form = draft_form(home, one)
    page = {"form": form, "child": one.children[0], "one": one, "differs": None}
    if not form.sent():
        answer = render_template("care/draft.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.change(one, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/draft.html", **page)
    except Stale as stale:
        page["differs"] = differences(form, draft_form(home, one, formdata=None))
        form.version.data = str(stale.now)
        return refused("care/draft.html", **page)
    return done(gettext("The agreement is changed."), "care.entrustment", entrustment_id=one.id)


@bp.post("/entrustments/<int:entrustment_id>/print")
@requires(Permission.guardianship_change, load=load)
def print_entrustment(one: Entrustment) -> Any:
    """It goes to the printer: the answer is the PDF."""
    actions.mark_printed([one], by=actor())
    return redirect(url_for("care.agreement_pdf", entrustment_id=one.id), 303)


@bp.get("/entrustments/<int:entrustment_id>/agreement.pdf")
@requires(Permission.guardianship_change, load=load, logged=Act.entrustment_read)
def agreement_pdf(one: Entrustment) -> Any:
    """The agreement as a PDF in Chinese, with its fonts in it."""
    return as_pdf([one], one.code)


def as_pdf(agreements: list[Entrustment], name: str) -> Any:
    """These agreements as one PDF; a character that cannot be printed is said on a page."""
    try:
        content = certificate.pdf(agreements)
    except Refusal as refusal:
        return render_template("care/unprintable.html", why=words.label(refusal.code)), 422
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def stale_or_refused(form: Any, error: Refusal | Stale) -> None:
    """Say on the form what speaks against it; a page that has become old may be sent again."""
    if isinstance(error, Refusal):
        form.refuse(error)
        return
    form.version.data = str(error.now)
    form.form_errors.append(gettext("Somebody has changed this since you opened it"))
