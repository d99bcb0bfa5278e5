"""One support of one child: looked into, shown with its rule and its steps, decided."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.care.actions import support as actions
from jiedui.care.forms.support import DecideForm, decide_form, mark_form, may_follow
from jiedui.care.models.support import SupportCase
from jiedui.care.queries import standards
from jiedui.care.queries import support as queries
from jiedui.care.rules.support import (
    Support,
    SupportState,
    done_at_once,
    newest_rule,
    rule_on,
    starts_usually,
)
from jiedui.care.views.blueprint import bp
from jiedui.children import queries as children
from jiedui.children.forms import differences
from jiedui.children.models import Child
from jiedui.core import clock, words
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


def _case(case_id: int) -> SupportCase:
    return queries.support_case(case_id)


def _known(one: SupportCase) -> dict[str, Any]:
    """What both pages show of a support and its rule."""
    today = clock.today()
    rule = rule_on(one.code, today) or newest_rule(one.code)
    return {
        "case": one,
        "rule": rule,
        "verdict": queries.verdict_of(one),
        "standard": standards.held_on(one.county_id, one.code, today),
        "usual_start": starts_usually(rule, today),
        "today": today,
        "service": done_at_once(rule),
        "follows": may_follow(one),
    }


@bp.get("/support/<int:case_id>")
@requires(Permission.support_read, load=_case)
def support_case(one: SupportCase) -> str:
    """What the law says, how far it has come, and every step."""
    names = names_of({step.by_account for step in one.steps if step.by_account})
    form = mark_form([one], all_ticked=True)
    return render_template("care/case.html", form=form, names=names, **_known(one))


@bp.route("/support/<int:case_id>/decide", methods=["GET", "POST"])
@requires(Permission.support_decide, load=_case)
def support_decide(one: SupportCase) -> Any:
    """Write down what was decided; a page that has become old shows both."""
    form = decide_form(one)
    page = {"form": form, "differs": None, **_known(one)}
    if form.submitted_version not in (None, one.version):
        return _stale(form, one)  # first of all: what was chosen may not follow any more
    if not form.sent():
        answer = render_template("care/decide.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.decide(one, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/decide.html", **page)
    return done(gettext("The decision is kept."), "care.support_case", case_id=one.id)


def _stale(form: DecideForm, one: SupportCase) -> tuple[str, int]:
    now = decide_form(one, formdata=None)
    form.state.choices = words.choices(SupportState)
    differs = differences(form, now)
    form.version.data, form.state.choices = str(one.version), now.state.choices
    return refused("care/decide.html", form=form, differs=differs, **_known(one))


def _child(child_id: int, code: str) -> Child:
    if code not in set(Support):
        raise Missing
    return children.get(child_id)


@bp.post("/children/<int:child_id>/support/<code>")
@requires(Permission.support_tell, load=_child)
def support_open(child: Child) -> Any:
    """Somebody looks into a support that does not follow from the facts by itself."""
    code = Support((request.view_args or {})["code"])
    one = actions.open_case(child, code, by=actor())
    return redirect(url_for("care.support_case", case_id=one.id), 303)
