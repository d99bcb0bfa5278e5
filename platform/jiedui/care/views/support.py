"""The lists of the work on support, and what is said of several at once."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.rules import Role
from jiedui.care.actions import support as actions
from jiedui.care.forms.support import FilterForm, MarkForm, mark_form
from jiedui.care.queries import support as queries
from jiedui.care.rules.support import Task
from jiedui.care.views.blueprint import bp
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.core.i18n import ngettext
from jiedui.core.pages import back_or, refused
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

LOCAL = (Role.child_director, Role.township_supervisor)


def _areas() -> list[Region]:
    """What a list can be narrowed to: villages of a township, townships of a county."""
    found = regions.villages if actor().role in LOCAL else regions.townships
    areas = found(actor().scope)
    return areas if len(areas) > 1 else []


def _list(form: MarkForm | None = None) -> dict[str, Any]:
    narrow = FilterForm(request.args)
    narrow.offer(_areas())
    wanted = narrow.wanted()
    number = max(request.args.get("page", 1, type=int), 1)
    rows = queries.work(actor(), wanted, number)
    chosen = {k: v for k, v in request.args.items() if v and k in narrow._fields}
    return {
        "narrow": narrow,
        "task": wanted.task,
        "tasks": list(Task),
        "load": queries.load(actor()),
        "rows": [(one, queries.verdict_of(one)) for one in rows],
        "total": queries.how_many(actor(), wanted),
        "number": number,
        "size": queries.AT_ONCE,
        "chosen": chosen,
        "form": form or mark_form(rows, all_ticked="all" in request.args),
        "today": clock.today(),
    }


@bp.get("/support")
@requires(Permission.support_read)
def support() -> str:
    """What is to be done about support, by village."""
    return render_template("care/support.html", **_list())


@bp.post("/support/mark")
@requires(Permission.support_tell)
def support_mark() -> Any:
    """Several families were told, have applied, or something was done for several children."""
    form = mark_form(queries.work(actor(), _wanted()))
    if not form.sent():
        return refused("care/support.html", **_list(form))
    versions = form.cases.versions()
    cases = queries.chosen(versions, actor())
    try:
        good = actions.mark(cases, form.said, form.on.data, by=actor(), versions=versions)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/support.html", **_list(form))
    flash(_said(len(good), len(versions) - len(good)), "ok")
    return redirect(back_or("care.support", **request.args), 303)


def _wanted() -> queries.Wanted:
    narrow = FilterForm(request.args)
    narrow.offer([])
    return narrow.wanted()


def _said(good: int, changed: int) -> str:
    text = ngettext("%(num)d line is marked.", "%(num)d lines are marked.", good)
    if not changed:
        return text
    left = ngettext(
        "%(num)d had changed meanwhile and was left out: please look at it again.",
        "%(num)d had changed meanwhile and were left out: please look at them again.",
        changed,
    )
    return f"{text} {left}"
