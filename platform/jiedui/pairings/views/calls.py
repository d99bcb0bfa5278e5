"""Calls to those without an account: whom to call now, what to say, what came of it."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, in_full, refused
from jiedui.letters.words import call_back_text
from jiedui.pairings.actions import calls as actions
from jiedui.pairings.forms.life import CallForm, GuardianCallForm
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import answers, calls
from jiedui.pairings.queries.calls import ToCall
from jiedui.pairings.rules import CallFor
from jiedui.pairings.views.blueprint import bp
from jiedui.pairings.views.shared import load


@bp.get("/pairings/calls", endpoint="calls")
@requires(Permission.call_make)
def call_list() -> Any:
    """Every call that waits: those to make now, and those for the evening."""
    found = calls.all_for(actor())
    return render_template(
        "pairings/calls.html",
        due_calls=[c for c in found if c.is_due],
        later=[c for c in found if not c.is_due],
        call_back=_call_back(),
    )


@bp.route("/pairings/<int:pairing_id>/call/guardian", methods=["GET", "POST"])
@requires(Permission.pairing_consent, load=load, logged=Act.pairing_read)
def call_guardian(pairing: Pairing) -> Any:
    """Ask a guardian far away about this helper."""
    return _call(pairing, CallFor.guardian_consent, GuardianCallForm())


@bp.route("/pairings/<int:pairing_id>/call/helper", methods=["GET", "POST"])
@requires(Permission.call_make, load=load)
def call_helper(pairing: Pairing) -> Any:
    """Ask a helper without a phone of their own account whether they take it on."""
    return _call(pairing, CallFor.helper_acceptance, CallForm())


def _call(pairing: Pairing, what_for: CallFor, form: Any) -> Any:
    try:
        call: ToCall | None = calls.one(pairing, what_for)
    except Missing:
        call = None  # somebody has answered meanwhile: the page says so
    facts = {"form": form, **_facts(pairing, call)}
    if not form.sent():
        page = render_template("pairings/call.html", **facts)
        return (page, 422) if form.is_submitted() else page
    second = form.second_person.data if what_for is CallFor.guardian_consent else ""
    try:
        heard = actions.Heard(form.outcome.data, second or "")
        actions.make(pairing.id, what_for, heard, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("pairings/call.html", **facts)
    return done(gettext("The call is on record."), "pairings.calls")


def _facts(pairing: Pairing, call: ToCall | None) -> dict[str, Any]:
    # A helper hears no village before all have agreed.
    village = pairing.need.household.village
    return {
        "pairing": pairing,
        "call": call,
        "told": _told(pairing, call),
        "township": village.parent.name if village.parent else "",
        "call_back": _call_back(),
    }


def _call_back() -> str:
    return call_back_text(in_full("disclosure.home"))


def _told(pairing: Pairing, call: ToCall | None) -> Any:
    asks_guardian = call is not None and call.what_for is CallFor.guardian_consent
    return answers.told(pairing.id) if asks_guardian else None
