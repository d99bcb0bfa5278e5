"""The three yeses: the helper's on a card, the guardian's and the child's at the director's."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.children.actions import ConsentSaid
from jiedui.children.rules import Answer, Purpose
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, in_full, refused
from jiedui.needs import queries as needs
from jiedui.pairings.actions import answers as actions
from jiedui.pairings.forms.life import AnswerForm, CardForm, StepForm, answer_form
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import answers, story
from jiedui.pairings.rules import PairingState
from jiedui.pairings.rules.decisions import at_most_km
from jiedui.pairings.views.blueprint import bp
from jiedui.pairings.views.shared import load
from jiedui.pairings.views.wording import spoken


@bp.route("/pairings/<int:pairing_id>/accept", methods=["GET", "POST"])
@requires(Permission.pairing_accept, load=load)
def accept(pairing: Pairing) -> Any:
    """The card, without any identity, and the helper's yes or no."""
    form = CardForm()
    if not form.sent():
        return _card(pairing, form)
    try:
        said = actions.accept if form.answer.data is Answer.yes else actions.decline
        said(pairing.id, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(spoken(refusal))
        return _card(pairing, form)
    return done(gettext("Thank you. Your answer is on record."), "pairings.mine")


def _card(pairing: Pairing, form: CardForm) -> Any:
    if not form.is_submitted():
        form.version.data = pairing.version
    page = render_template(
        "pairings/accept.html",
        form=form,
        pairing=pairing,
        card=_shown(pairing),
        days_left=story.days_left(pairing.answer_by),
        waits=pairing.state is PairingState.approved and pairing.accepted_at is None,
    )
    return (page, 422) if form.is_submitted() else page


def _shown(pairing: Pairing) -> dict[str, Any]:
    """The card with how far it is at most, in steps of five kilometres."""
    helper_slots = {row.slot for row in pairing.helper.slots}
    card = needs.card(pairing.need)
    return {
        **card,
        "common_slots": sorted(helper_slots & set(card["slots"])),
        "within_km": at_most_km(pairing.km),
    }


@bp.route("/pairings/<int:pairing_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.pairing_accept, load=load)
def withdraw(pairing: Pairing) -> Any:
    """Step back after all have agreed and before the first meeting."""
    form = StepForm()
    if not form.sent():
        form.version.data = pairing.version
        return render_template("pairings/withdraw.html", form=form, pairing=pairing, own=True)
    try:
        actions.decline(pairing.id, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(spoken(refusal))
        return refused("pairings/withdraw.html", form=form, pairing=pairing, own=True)
    return done(gettext("Thank you. Your answer is on record."), "pairings.mine")


@bp.route("/pairings/<int:pairing_id>/answer", methods=["GET", "POST"])
@requires(Permission.pairing_consent, load=load, logged=Act.pairing_read)
def answer(pairing: Pairing) -> Any:
    """At the door on one visit: what the guardian and the children say of this helper."""
    unheard, guardians = answers.unheard(pairing), answers.guardians(pairing)
    form = answer_form(unheard, guardians, actor().name)
    if not form.sent():
        return _door(pairing, form, form.is_submitted())
    try:
        said, heard = _guardian(form, pairing), _children(form)
        actions.record(pairing.id, said, heard, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(spoken(refusal))
        return _door(pairing, form, True)
    return done(gettext("The answers are on record."), "pairings.show", pairing_id=pairing.id)


def _door(pairing: Pairing, form: AnswerForm, again: bool) -> Any:
    if not again:
        form.version.data = pairing.version
    facts = {"pairing": pairing, "said": answers.said(pairing), "form": form}
    waits = pairing.state in actions.ASKED
    if again:
        return refused("pairings/answer.html", waits=waits, **facts)
    return render_template("pairings/answer.html", waits=waits, **facts)


def _guardian(form: AnswerForm, pairing: Pairing) -> tuple[int, ConsentSaid] | None:
    given = form.consent.data
    if given is None or not form.guardian.data:
        return None
    said = ConsentSaid(given, form.means.data, Purpose.pairing, pairing.id, form.evidence())
    return int(form.guardian.data), said


def _children(form: AnswerForm) -> list[actions.Heard]:
    return [
        actions.Heard(child, form._fields[name].data, form.how.data)
        for name, child in form.heard.items()
        if form._fields[name].data is not None
    ]


@bp.route("/pairings/<int:pairing_id>/link", methods=["GET", "POST"])
@requires(Permission.pairing_consent, load=load)
def link(pairing: Pairing) -> Any:
    """The links by which a guardian far away answers, one a child: made when asked, shown once."""
    guardian = next(iter(answers.guardians(pairing)), None)
    waits = pairing.state in actions.ASKED and answers.said(pairing).guardian is None
    made = []
    if request.method == "POST" and guardian is not None and waits:
        made = actions.make_links(pairing, guardian.id, by=actor())
    return render_template(
        "pairings/link.html",
        pairing=pairing,
        guardian=guardian,
        waits=waits,
        made=[(child, _address(token), code) for child, token, code in made],
    )


def _address(token: str) -> str:
    return in_full("children.answer", token=token)
