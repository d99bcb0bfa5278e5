"""The counselling desk: its list, one referral and its next step, words for counsellors alone, the
letter for a hospital, and who works there."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.core import clock, words
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.counselling.actions import desk as naming
from jiedui.counselling.actions import referrals as actions
from jiedui.counselling.certificate import letter as certificate
from jiedui.counselling.forms.referrals import MoveForm, NameForm
from jiedui.counselling.models import Counsellor, Referral
from jiedui.counselling.queries import referrals as queries
from jiedui.counselling.views.blueprint import bp


@bp.get("/counselling")
@requires(Permission.counselling_desk)
def index() -> str:
    """Referrals that wait, what is due first; no word of why, no name."""
    who = actor()
    return render_template(
        "counselling/index.html",
        rows=queries.waiting(who),
        over=queries.closed(who),
        today=clock.today(),
    )


@bp.route("/counselling/referrals/<int:referral_id>", methods=["GET", "POST"])
@requires(Permission.counselling_desk, load=queries.get)
def referral(one: Referral) -> Any:
    """How one stands, who has done what when, and its next step."""
    form = MoveForm(one, counsellor=queries.counsels(actor()), data={"version": str(one.version)})
    if not form.sent():
        shown = _shown(one, form)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.move(one, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return _shown(one, form), 422
    except Stale as stale:
        form.version.data = str(stale.now)
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))
        return _shown(one, form), 422
    return done(gettext("The step is kept."), "counselling.referral", referral_id=one.id)


def _shown(one: Referral, form: MoveForm) -> str:
    names = names_of({step.by_account for step in one.steps if step.by_account})
    page = {"form": form, "referral": one, "today": clock.today(), "names": names}
    return render_template("counselling/referral.html", **page)


@bp.get("/counselling/referrals/<int:referral_id>/words")
@requires(Permission.counselling_work, load=queries.get, logged=Act.referral_read, recent=True)
def confided(one: Referral) -> str:
    """Who the child is, why it was referred and what was said since: for counsellors alone."""
    return render_template("counselling/words.html", referral=one)


@bp.get("/counselling/referrals/<int:referral_id>/letter.pdf")
@requires(Permission.counselling_work, load=queries.get, logged=Act.referral_printed, recent=True)
def letter(one: Referral) -> Any:
    """The letter for the hospital, with the slip that comes back."""
    try:
        content = certificate.pdf(one)
    except Refusal as refusal:
        return render_template("contact/unprintable.html", why=words.label(refusal.code)), 422
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{one.code}.pdf"'
    return response


@bp.route("/counselling/counsellors", methods=["GET", "POST"])
@requires(Permission.counselling_name)
def counsellors() -> Any:
    """Who works at the desk; naming somebody opens referrals and screenings to them."""
    form = NameForm()
    page = {"form": form, "rows": queries.counsellors(actor().county_id)}
    if not form.sent():
        shown = render_template("counselling/counsellors.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        naming.name_counsellor(form.helper.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("counselling/counsellors.html", **page)
    return done(gettext("Named to the desk."), "counselling.counsellors")


@bp.post("/counselling/counsellors/<int:counsellor_id>/end")
@requires(Permission.counselling_name, load=queries.counsellor)
def end_counsellor(one: Counsellor) -> Any:
    """Somebody works at the desk no longer."""
    naming.end_counsellor(one, by=actor())
    return done(gettext("Taken off the desk."), "counselling.counsellors")
