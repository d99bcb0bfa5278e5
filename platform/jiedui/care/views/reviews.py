"""The quarterly review: how far it is, a village's files, one file, and the sign-off."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.access.rules import Role
from jiedui.care.actions import reviews as actions
from jiedui.care.forms.reviews import CorrectionForm, LeaveForm
from jiedui.care.models.reviews import Review, ReviewFile
from jiedui.care.queries import reviews as queries
from jiedui.care.queries import standings
from jiedui.care.queries.reviews import VillageReview
from jiedui.care.rules.quarters import Quarter, read_quarter
from jiedui.care.rules.reviews import USUAL_REASON, Progress, ReviewState
from jiedui.care.views.blueprint import bp
from jiedui.care.words import reviews as words
from jiedui.core import clock
from jiedui.core.errors import Refusal, Stale
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import done, refused


@bp.app_template_filter("quarter")
def quarter(one: Quarter) -> str:
    """A quarter in words."""
    return words.quarter(one)


bp.add_app_template_global(queries.current, "quarter_now")


def _asked() -> Quarter:
    """The quarter an address asks for, else the one that runs."""
    return read_quarter(request.args.get("quarter", "")) or queries.current()


@bp.get("/reviews")
@requires(Permission.review_read)
def reviews() -> str:
    """A village's or township's own review; the county's by township."""
    wanted, local = _asked(), queries.township_of(actor())
    own = queries.of_township(local.id, wanted) if local is not None else None
    if own is not None and actor().role is Role.child_director and actor().holding:
        place = queries.of_village(own.id, actor().holding.region_id)
        return render_template("care/review_village.html", **_village(place, Form()))
    if own is not None:
        return render_template("care/review.html", **_township(own))
    path = local.path if local is not None else actor().scope
    return render_template(
        "care/reviews.html",
        quarter=wanted,
        due=wanted.due(clock.today()),
        rows=_far(queries.of_quarter(path, wanted)),
        quarters=queries.quarters(path),
    )


def _far(found: list[Review]) -> list[tuple[Review, Progress]]:
    return [(one, standings.sum_of(standings.of_review(one))) for one in found]


@bp.get("/reviews/<int:review_id>")
@requires(Permission.review_read, load=queries.get)
def review(one: Review) -> str:
    """A township's review by village, what is open, and the sign-off."""
    return render_template("care/review.html", **_township(one))


def _township(one: Review) -> dict[str, Any]:
    rows = standings.of_review(one)
    people = {note.by_account for note in one.corrections} | {one.signed_by or 0}
    return {
        "review": one,
        "due": one.quarter.due(clock.today()),
        "sum": standings.sum_of(rows),
        "villages": standings.by_village(rows),
        "waiting": [standing for standing in rows if standing.waits],
        "quarters": queries.quarters(one.township.path),
        "names": names_of(people),
    }


@bp.get("/reviews/<int:review_id>/villages/<int:village_id>")
@requires(Permission.review_read, load=queries.of_village)
def review_village(place: VillageReview) -> str:
    """A village's files: what is to be decided, what can be confirmed at once, what is answered."""
    return render_template("care/review_village.html", **_village(place, Form()))


def _village(place: VillageReview, form: Form) -> dict[str, Any]:
    rows = standings.of_review(place.review, place.village.id)
    waiting = [one for one in rows if one.waits]
    return {
        "form": form,
        "review": place.review,
        "village": place.village,
        "due": place.review.quarter.due(clock.today()),
        "sum": standings.sum_of(rows),
        "asked": [one for one in waiting if one.proposals],
        "together": [one for one in waiting if one.together],
        "alone": [one for one in waiting if not one.proposals and not one.together],
        "answered": [one for one in rows if not one.waits],
        "quarters": queries.quarters(place.review.township.path),
    }


@bp.post("/reviews/<int:review_id>/villages/<int:village_id>")
@requires(Permission.review_confirm, load=queries.of_village)
def review_together(place: VillageReview) -> Any:
    """Ticked files are confirmed in one act: those of families that were seen in the quarter are
    ticked already, others one by one."""
    form, chosen = Form(), request.form.getlist("file", type=int)
    try:
        good, late = actions.confirm_several(
            place.review, place.village.id, set(chosen), by=actor()
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/review_village.html", **_village(place, form))
    here = {"review_id": place.review.id, "village_id": place.village.id}
    return done(_said(good, late), "care.review_village", **here)


def _said(good: int, late: int) -> str:
    text = ngettext("%(num)d file is confirmed.", "%(num)d files are confirmed.", good)
    if not late:
        return text
    left = ngettext(
        "%(num)d file was changed or answered meanwhile and is left out: please look at it.",
        "%(num)d files were changed or answered meanwhile and are left out: please look at them.",
        late,
    )
    return f"{text} {left}"


def _file(file: ReviewFile, form: Form) -> dict[str, Any]:
    now = standings.of_file(file)
    form.version.data = form.version.data or str(now.past_id)
    return {
        "form": form,
        "file": file,
        "review": file.review,
        "now": now,
        "signed": file.review_state is ReviewState.signed,
        "names": names_of({file.answered_by or 0, now.change.by_account or 0 if now.change else 0}),
    }


@bp.route("/reviews/files/<int:file_id>", methods=["GET", "POST"])
@requires(Permission.review_confirm, load=queries.file)
def review_file(file: ReviewFile) -> Any:
    """One file: what is proposed and why; confirm it, change it, or let it leave."""
    form = Form()
    if not form.sent():
        return render_template("care/review_file.html", **_file(file, form))
    try:
        actions.confirm(file, by=actor(), past_id=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/review_file.html", **_file(file, form))
    except Stale as stale:
        return refused("care/review_file.html", **_file(file, _aged(form, stale)))
    return done(gettext("The file is confirmed."), "care.review_village", **_place_of(file))


def _aged(form: Form, stale: Stale) -> Form:
    form.version.data = str(stale.now)
    form.form_errors.append(gettext("Somebody has changed this since you opened it"))
    return form


def _place_of(file: ReviewFile) -> dict[str, int]:
    return {"review_id": file.review_id, "village_id": file.child.village_id}


@bp.route("/reviews/files/<int:file_id>/leave", methods=["GET", "POST"])
@requires(Permission.review_confirm, load=queries.file)
def review_leave(file: ReviewFile) -> Any:
    """The child leaves the ledger, for one of the fixed reasons."""
    proposed = standings.of_file(file).proposals
    usual = next((USUAL_REASON[one] for one in proposed if one in USUAL_REASON), None)
    form = LeaveForm(data={"reason": usual})
    if not form.sent():
        page = render_template("care/review_leave.html", **_file(file, form))
        return (page, 422) if request.method == "POST" else page
    past = form.submitted_version
    try:
        actions.close_file(file, form.reason.data, by=actor(), past_id=past)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/review_leave.html", **_file(file, form))
    except Stale as stale:
        return refused("care/review_leave.html", **_file(file, _aged(form, stale)))
    return done(gettext("The file is closed."), "care.review_village", **_place_of(file))


@bp.route("/reviews/<int:review_id>/sign", methods=["GET", "POST"])
@requires(Permission.review_sign, load=queries.get)
def review_sign(one: Review) -> Any:
    """The supervisor signs off; what is missing is named."""
    form = Form(data={"version": str(one.version)})
    if not form.sent():
        return render_template("care/review_sign.html", form=form, **_township(one))
    try:
        actions.sign(one, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/review_sign.html", form=form, **_township(one))
    except Stale as stale:
        return refused("care/review_sign.html", form=_aged(form, stale), **_township(one))
    return done(gettext("The review is signed off."), "care.review", review_id=one.id)


@bp.route("/reviews/<int:review_id>/correct", methods=["GET", "POST"])
@requires(Permission.review_sign, load=queries.get)
def review_correct(one: Review) -> Any:
    """A mistake found after the sign-off is noted beside it."""
    form = CorrectionForm()
    if not form.sent():
        page = render_template("care/review_correct.html", form=form, review=one)
        return (page, 422) if request.method == "POST" else page
    try:
        actions.correct(one, form.text.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/review_correct.html", form=form, review=one)
    return done(gettext("The correction is noted."), "care.review", review_id=one.id)
