"""Sending a child to the counselling desk: from its file, from a school, from a screening."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.rules import Role
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.core import db
from jiedui.core.edge import when_undone
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.counselling.actions import crisis
from jiedui.counselling.actions import referrals as actions
from jiedui.counselling.forms.referrals import ReferForm, pupil_form, refer_form
from jiedui.counselling.models import ScreeningResult
from jiedui.counselling.queries import referrals as queries
from jiedui.counselling.queries import screening
from jiedui.counselling.rules.crisis import FlagFrom
from jiedui.counselling.rules.referrals import Source
from jiedui.counselling.views.blueprint import bp

NEAR_FAMILY = (Role.child_director, Role.township_supervisor)
Back = tuple[str, dict[str, Any]]
SCHOOL: Back = ("counselling.sent", {})


@bp.app_template_global()
def counselling_of(child: Child) -> Any:
    """The open referral of a child, for its file: that there is one, and since when."""
    return queries.open_of(child.id)


def _child(child_id: int) -> Child:
    return children.get(child_id)


@bp.route("/children/<int:child_id>/refer", methods=["GET", "POST"])
@requires(Permission.counselling_refer, load=_child)
def refer(child: Child) -> Any:
    """From the child's file, or from the counsellor of a pairing."""
    near = actor().role in NEAR_FAMILY
    source = Source.village if near else Source.counsellor
    back: Back = ("files.child", {"child_id": child.id}) if near else ("pairings.mine", {})
    return _referred(child, refer_form(), source, back)


@bp.route("/counselling/results/<int:result_id>/refer", methods=["GET", "POST"])
@requires(Permission.counselling_work, load=screening.result)
def refer_result(result: ScreeningResult) -> Any:
    """The answer to what a screening says."""
    back: Back = ("counselling.screening", {"screening_id": result.screening_id})
    return _referred(result.child, refer_form(), Source.screening, back, result)


def _referred(
    child: Child | None,
    form: ReferForm,
    source: Source,
    back: Back,
    result: ScreeningResult | None = None,
) -> Any:
    page = {"form": form, "child": None if source is Source.school else child, "back": back}
    if not form.sent() or child is None:
        _raise_flag(form, child, at_once=False)
        shown = render_template("counselling/refer.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.refer(child, form.said(), source, by=actor(), result=result)
    except Refusal as refusal:
        _raise_flag(form, child, at_once=False)
        form.refuse(refusal)
        return refused("counselling/refer.html", **page)
    _raise_flag(form, child, at_once=True)
    return done(gettext("Sent to the counselling desk."), back[0], **back[1])


@bp.get("/school/referrals")
@requires(Permission.pupil_refer)
def sent() -> str:
    """What the own school has sent, and how far it is; nothing else comes back to the school."""
    rows = queries.of_school(actor().unit_id)
    return render_template("counselling/sent.html", rows=rows)


@bp.route("/school/referrals/new", methods=["GET", "POST"])
@requires(Permission.pupil_refer)
def refer_pupil() -> Any:
    """A pupil of the own school, found by name; a crisis of one who is not found is a report all
    the same."""
    form = pupil_form()
    try:
        named = form.is_submitted() and form.pupil.data
        child = queries.pupil(named, form.birth_date.data, actor()) if named else None
    except Refusal as refusal:
        form.validate()
        form.refuse(refusal)
        _raise_flag(form, None, at_once=False)
        return refused("counselling/refer.html", form=form, child=None, back=SCHOOL)
    return _referred(child, form, Source.school, SCHOOL)


def _raise_flag(form: ReferForm, child: Child | None, *, at_once: bool) -> None:
    """A crisis is a report whatever becomes of the referral: in the same act where it is sent,
    after the roll-back where it is not; a form that is sent again does not report again."""
    if not form.crisis.data or not form.is_submitted() or form.told.data:
        return
    form.told.data = "1"
    text, who = form.words.data or "", actor()
    number = None if child is None else child.id
    flash(gettext("Those on duty have been told. In danger now: 110 or 120; to talk: 12356."), "ok")
    if at_once and child is not None:
        crisis.raise_flag(child, text, FlagFrom.referral, by=who)
        return
    named = str(getattr(form, "pupil", None) and form.pupil.data or "")

    def note() -> None:
        with db.note():
            if number is None:
                crisis.report_unknown(text, named, by=who)
            else:
                crisis.raise_flag(children.get(number), text, FlagFrom.referral, by=who)

    when_undone(note)
