"""A crisis: one button, a few words, and the page says whom to call and what happens next."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.core import crypto, once
from jiedui.core.i18n import gettext
from jiedui.core.pages import english
from jiedui.counselling.actions import crisis as actions
from jiedui.counselling.forms.referrals import CrisisForm
from jiedui.counselling.models import ScreeningResult
from jiedui.counselling.queries import screening
from jiedui.counselling.rules.crisis import FlagFrom
from jiedui.counselling.views.blueprint import bp
from jiedui.protection import queries as protection
from jiedui.protection.views.keeping import kept_at_once, told_aside
from jiedui.regions import queries as regions


@bp.app_template_global()
def crisis_lines() -> list[tuple[str, str]]:
    """The numbers of a crisis with their words, then all others that the county shows."""
    lines = regions.hotlines(actor().county_id)
    known = {one.number: one.name_en if english() else one.name_zh for one in lines}
    words = {
        "110": gettext("Police"),
        "120": gettext("Ambulance"),
        "12356": gettext("Psychological aid"),
    }
    return list({**words, **known}.items())


def _child(child_id: int) -> Child:
    return children.get(child_id)


@bp.route("/children/<int:child_id>/crisis", methods=["GET", "POST"])
@requires(Permission.crisis_flag, load=_child, transaction="read")
def crisis(child: Child) -> Any:
    """From a child's file, a referral or a counselling note."""
    known = {FlagFrom.file.value, FlagFrom.referral.value, FlagFrom.note.value}
    came = request.args.get("from", "")
    return _flagged(child, FlagFrom(came) if came in known else FlagFrom.file)


@bp.route("/counselling/results/<int:result_id>/crisis", methods=["GET", "POST"])
@requires(Permission.counselling_work, load=screening.result, transaction="read")
def crisis_of_result(result: ScreeningResult) -> Any:
    """From what a screening says, which it answers."""
    return _flagged(result.child, FlagFrom.screening, result.id)


def _flagged(child: Child, raised_from: FlagFrom, result_id: int | None = None) -> Any:
    """Every press of the button is a report, whatever the form holds; once, however often."""
    form = CrisisForm()
    readers = bool(protection.readers(child.county_id))
    if request.method == "GET":
        return render_template("counselling/crisis.html", form=form, child=child, readers=readers)
    key = request.form.get(once.FIELD) or crypto.new_token()
    worry = actions.worry_about(child, form.words.data or "", by=actor(), key=key)
    number = child.id

    def besides(report: Any) -> None:
        result = screening.result(result_id) if result_id is not None else None
        actions.mark(children.get(number), report, raised_from, result)

    if not kept_at_once(worry, child.county_id, besides):
        return told_aside(worry)
    return render_template("counselling/flagged.html", worry=worry, readers=readers)
