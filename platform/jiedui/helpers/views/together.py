"""Acts on many helpers at once: identity, training and the code of conduct on paper."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import done, refused
from jiedui.helpers import actions, queries
from jiedui.helpers.forms import ListForm, TogetherForm
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import Finding, Gate, Outcome
from jiedui.helpers.views.blueprint import bp

TOGETHER = (Gate.identity, Gate.training, Gate.record_check)


@bp.route("/helpers/together/<gate>", methods=["GET", "POST"])
@requires(Permission.helper_vet)
def together(gate: str) -> Any:
    """Those who were ticked: what is recorded for all of them, or the list for the police."""
    if gate not in TOGETHER:
        raise Missing
    at = Gate(gate)
    wanted = request.args.getlist("id", type=int)
    people, left_out = queries.may_be_vetted(actor(), wanted, at)
    if not people and not left_out:
        return done(gettext("Please tick at least one person first."), "helpers.index")
    form = _form(at)
    facts = {"form": form, "gate": at, "people": people, "left_out": left_out}
    if request.method == "GET":
        return render_template("helpers/together.html", **facts)
    return _sent(form, at, people, facts)


def _form(gate: Gate) -> Any:
    if gate is Gate.record_check:
        return ListForm(data={"authority": queries.authority_asked_last(actor().county_id)})
    form = TogetherForm()
    form.start()
    return form


def _sent(form: Any, gate: Gate, people: list[Helper], facts: dict[str, Any]) -> Any:
    if not form.sent():
        return refused("helpers/together.html", **facts)
    try:
        if gate is Gate.record_check:
            batch = actions.send_record_checks(people, form.authority.data, by=actor())
            return redirect(url_for("helpers.check", batch_id=batch.id), 303)
        found = Finding(gate, Outcome.good, form.done_on.data, authority=form.authority.data or "")
        count = actions.record_findings(people, found, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("helpers/together.html", **facts)
    words = ngettext("Recorded for %(num)d person.", "Recorded for %(num)d people.", count)
    return done(words, "helpers.index", gate=gate.value)
