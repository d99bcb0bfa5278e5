"""Files that may be of one child: the list, the answer, and taking two files apart again."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.children import actions, queries
from jiedui.children.forms import DoubleForm
from jiedui.children.models import Child, FileMerge
from jiedui.children.rules import likeness
from jiedui.children.views.blueprint import bp, load
from jiedui.core import audit, db
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused

PAGE = "children/double.html"


@bp.get("/children/doubles")
@requires(Permission.child_check)
def doubles() -> str:
    """Pairs of files that may be of one child."""
    return render_template("children/doubles.html", pairs=queries.doubles(actor()))


def _first(child_id: int, other_id: int) -> Child:
    return load(child_id)


@bp.route("/children/<int:child_id>/double/<int:other_id>", methods=["GET", "POST"])
@requires(Permission.child_check, load=_first)
def double(one: Child) -> Any:
    """Is it one child, and which file is kept?"""
    other = _other()
    form = DoubleForm().offer(one, other)
    alike = likeness(queries.sketch(one), queries.sketch(other))
    page = {"form": form, "one": one, "other": other, "alike": alike}
    if not form.sent():
        if request.method == "GET":
            _look(one, other)
        answer = render_template(PAGE, **page)
        return (answer, 422) if request.method == "POST" else answer
    return _answered(form, one, other, page)


def _other() -> Child:
    other = load((request.view_args or {})["other_id"])
    if not may(actor(), Permission.child_check, other):
        raise Missing
    return other


def _look(*children: Child) -> None:
    with db.note():
        for child in children:
            audit.record(Act.child_read, child, by=actor())


def _answered(form: DoubleForm, one: Child, other: Child, page: dict[str, Any]) -> Any:
    if not form.answer.data.isdigit():
        actions.say_two(one, other, by=actor())
        return done(gettext("Kept as two children."), "children.doubles")
    kept, gone = (one, other) if form.answer.data == str(one.id) else (other, one)
    try:
        actions.join_files(kept, gone, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused(PAGE, **page)
    return done(gettext("The two files are one."), "files.child", child_id=kept.id)


def _merge(merge_id: int) -> FileMerge:
    return queries.merge(merge_id)


@bp.post("/merges/<int:merge_id>/undo")
@requires(Permission.child_check, load=_merge)
def part(merge: FileMerge) -> Any:
    """It was a mistake: two files again."""
    actions.part_files(merge, by=actor())
    return done(gettext("They are two files again."), "files.child", child_id=merge.double_id)
