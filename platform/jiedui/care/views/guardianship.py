"""Who has the guardianship of a child: the page, a change of it, a talk with parents."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.care import queries
from jiedui.care.actions import guardianship as actions
from jiedui.care.forms.guardianship import MoveForm, TalkForm
from jiedui.care.rules.guardianship import GuardState
from jiedui.care.views.blueprint import bp
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.children.rules import CALLS_BY_NAME
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


def _load(child_id: int) -> Child:
    return children.get(child_id)


@bp.get("/children/<int:child_id>/guardianship")
@requires(Permission.guardianship_read, load=_load, logged=Act.child_read)
def guardianship(child: Child) -> str:
    """Who has it, on what ground, since when; the talks and the agreements."""
    moves, talks = queries.moves_of(child.id), queries.talks_of(child.household_id)
    who = {one.by_account for one in moves} | {one.by_account for one in talks}
    return render_template(
        "care/guardianship.html",
        child=child,
        local=actor().role in CALLS_BY_NAME,
        now=queries.guardianship_of(child.id),
        moves=moves,
        talks=talks,
        papers=queries.of_child(child.id),
        names=names_of({number for number in who if number}),
    )


@bp.route("/children/<int:child_id>/guardianship/change", methods=["GET", "POST"])
@requires(Permission.guardianship_move, load=_load)
def move(child: Child) -> Any:
    """Record who has the guardianship from now on."""
    now = queries.guardianship_of(child.id)
    form = MoveForm(data={"version": str(now.version if now else 0)})
    form.offer(actor().role, now.state if now else GuardState.unknown)
    page = {"form": form, "child": child, "now": now}
    if not form.sent():
        answer = render_template("care/move.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.move_guardianship(child, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(_beside(refusal))
        return refused("care/move.html", **page)
    except Stale as stale:
        form.version.data = str(stale.now)
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))
        return refused("care/move.html", **page)
    return done(gettext("It is on file."), "care.guardianship", child_id=child.id)


def _beside(refusal: Refusal) -> Refusal:
    """State and ground are chosen in one field."""
    field = "on" if refusal.field == "on" else "what"
    return Refusal(refusal.code, field, **refusal.facts)


@bp.route("/children/<int:child_id>/talk", methods=["GET", "POST"])
@requires(Permission.guardianship_change, load=_load)
def talk(child: Child) -> Any:
    """Keep a talk with a parent before they leave."""
    form = TalkForm()
    form.offer(child.guardians)
    page = {"form": form, "child": child}
    if not form.sent():
        answer = render_template("care/talk.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.record_talk(child.household, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/talk.html", **page)
    return done(gettext("The talk is kept."), "care.guardianship", child_id=child.id)
