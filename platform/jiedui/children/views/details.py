"""What else is known of a child and its house, the papers behind categories, and the file as it
was."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.children import actions, queries
from jiedui.children.forms import DetailForm, EvidenceForm, detail_form, differences
from jiedui.children.models import CategoryPaper, Child, ChildCategory
from jiedui.children.rules import CALLS_BY_NAME, reads_beyond
from jiedui.children.views.blueprint import bp, load
from jiedui.core import audit, clock, db, uploads
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused

PAGE = "children/details.html"


@bp.route("/children/<int:child_id>/details", methods=["GET", "POST"])
@requires(Permission.child_change, load=load, logged=Act.child_read)
def details(child: Child) -> Any:
    """Change health, registration and house; a page that has become old shows both."""
    form = detail_form(child)
    page: dict[str, Any] = {"form": form, "child": child, "differs": None}
    if not form.sent():
        answer = render_template(PAGE, **page)
        return (answer, 422) if request.method == "POST" else answer
    return _changed(child, form, page)


def _changed(child: Child, form: DetailForm, page: dict[str, Any]) -> Any:
    try:
        actions.change_detail(child, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused(PAGE, **page)
    except Stale as stale:
        page["differs"] = differences(form, detail_form(child, formdata=None))
        form.version.data = str(stale.now)
        return refused(PAGE, **page)
    return done(gettext("The file is changed."), "files.child", child_id=child.id)


def _category(category_id: int) -> ChildCategory:
    return queries.category(category_id)


@bp.route("/categories/<int:category_id>/evidence", methods=["GET", "POST"])
@requires(Permission.child_change, load=_category)
def evidence(row: ChildCategory) -> Any:
    """Say on what paper a category rests."""
    form = EvidenceForm(data={"evidence": row.evidence})
    if request.method == "GET":
        with db.note():
            audit.record(Act.child_read, row.child, by=actor())
    page = {"form": form, "child": row.child, "row": row}
    if not form.sent():
        answer = render_template("children/evidence.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.note_evidence(row, form.evidence.data, by=actor())
        sent = request.files.get("file")
        if sent is not None and sent.filename:
            actions.keep_paper(row, sent.read(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/evidence.html", **page)
    return done(gettext("The file is changed."), "children.situation", child_id=row.child_id)


def _paper(paper_id: int) -> CategoryPaper:
    return queries.paper(paper_id)


@bp.get("/papers/<int:paper_id>")
@requires(Permission.child_change, load=_paper, logged=Act.upload_read)
def paper(one: CategoryPaper) -> Response:
    """The kept photo, to be saved; who opened it is on record."""
    return uploads.answer(one.content, one.kind, f"{one.category.child.code}-{one.id}")


@bp.get("/children/<int:child_id>/situation")
@requires(Permission.child_read, load=load, logged=Act.child_read)
def situation(child: Child) -> str:
    """Every category the child is or was in, and why; by both definitions."""
    found, national = queries.explained(child, clock.today())
    return render_template("children/situation.html", child=child, found=found, national=national)


@bp.get("/children/<int:child_id>/past")
@requires(Permission.child_read, load=load, logged=Act.child_read)
def past(child: Child) -> str:
    """The file as it was: every state it has had, and all facts of one of them."""
    states = queries.past_states(child)
    chosen = request.args.get("state", type=int) or (states[0].id if states else None)
    facts = None if chosen is None else queries.past_state(child, chosen)
    return render_template(
        "children/past.html",
        child=child,
        states=states,
        chosen=chosen,
        facts=facts,
        local=actor().role in CALLS_BY_NAME
        and not reads_beyond(actor(), child.id, child.scope_path),
        names=names_of({s.by_account for s in states if s.by_account}),
    )
