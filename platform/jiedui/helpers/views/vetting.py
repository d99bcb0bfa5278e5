"""The office's list of helpers, and the page of one: gates, findings, papers, suspension."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import PAGE, done, refused
from jiedui.helpers import actions, queries
from jiedui.helpers.forms import CredentialForm, FilterForm, FindingForm
from jiedui.helpers.models import Credential, Helper
from jiedui.helpers.rules import Finding, Gate
from jiedui.helpers.views.blueprint import bp, loaded


@bp.get("/helpers")
@requires(Permission.helper_vet)
def index() -> str:
    """Everybody in the region, narrowed and ticked for acts on many at once."""
    form = FilterForm(request.args, actor().scope)
    page = queries.page_of(
        actor(), form.wanted(), max(request.args.get("page", 1, type=int), 1), PAGE
    )
    return render_template(
        "helpers/index.html",
        form=form,
        page=page,
        chosen=form.chosen(),
        conditions=_conditions(form),
        gates=list(Gate),
        ticked="ticked" in request.args,
    )


def _conditions(form: FilterForm) -> list[tuple[str, str]]:
    """Each chosen condition in words, with the address of the list without it."""
    chosen = form.chosen()
    return [
        (form.words_of(name), url_for("helpers.index", **{**chosen, name: None})) for name in chosen
    ]


@bp.get("/helpers/<int:helper_id>")
@requires(Permission.helper_read, load=loaded, logged=Act.helper_read)
def show(helper: Helper) -> str:
    """One helper: gates with their state, what was found, papers, what is offered."""
    return render_template(
        "helpers/show.html",
        helper=helper,
        gates=queries.gate_views(helper, queries.gate_states(helper)),
        cleared=queries.is_cleared(helper),
        fault=queries.fault_for(actor(), helper),
        waiting=helper.id in queries.waiting_on_list({helper.id}),
        names=queries.names_around(helper),
    )


def at_gate(helper_id: int, gate: str) -> Helper:
    """A helper, at a gate where the office records something."""
    if gate not in (Gate.identity, Gate.record_check, Gate.training, Gate.conduct):
        raise Missing
    return queries.get(helper_id)


@bp.route("/helpers/<int:helper_id>/finding/<gate>", methods=["GET", "POST"])
@requires(Permission.helper_vet, load=at_gate)
def finding(helper: Helper) -> Any:
    """Record what was found at one gate."""
    gate = Gate((request.view_args or {})["gate"])
    form = FindingForm()
    form.start()
    facts = {"form": form, "helper": helper, "gate": gate}
    if not form.sent():
        page = render_template("helpers/finding.html", **facts)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.record_finding(helper, _found(form, gate), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("helpers/finding.html", **facts)
    return done(gettext("It is recorded."), "helpers.show", helper_id=helper.id)


def _found(form: FindingForm, gate: Gate) -> Finding:
    return Finding(
        gate,
        form.outcome.data,
        form.done_on.data,
        form.valid_until.data,
        form.authority.data or "",
    )


def of_helper(helper_id: int, credential_id: int) -> Helper:
    """A helper who has this paper."""
    helper = queries.get(helper_id)
    if credential_id not in {c.id for c in helper.credentials}:
        raise Missing
    return helper


def _chosen(helper: Helper) -> Credential:
    wanted = (request.view_args or {})["credential_id"]
    return next(c for c in helper.credentials if c.id == wanted)


@bp.route("/helpers/<int:helper_id>/credential/<int:credential_id>", methods=["GET", "POST"])
@requires(Permission.helper_vet, load=of_helper)
def credential(helper: Helper) -> Any:
    """Record that a paper was seen."""
    paper = _chosen(helper)
    form = CredentialForm(data={"expires": paper.expires})
    if not form.sent():
        page = render_template("helpers/credential.html", form=form, helper=helper, paper=paper)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.see_credential(helper, paper, form.outcome.data, form.expires.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("helpers/credential.html", form=form, helper=helper, paper=paper)
    return done(gettext("It is recorded."), "helpers.show", helper_id=helper.id)


@bp.get("/helpers/<int:helper_id>/suspend")
@requires(Permission.helper_vet, load=loaded)
def confirm_suspension(helper: Helper) -> str:
    """What happens when somebody is suspended."""
    return render_template("helpers/suspend.html", helper=helper)


@bp.post("/helpers/<int:helper_id>/suspend")
@requires(Permission.helper_vet, load=loaded)
def suspend(helper: Helper) -> Response:
    """Suspend somebody from matching."""
    actions.suspend(helper, by=actor())
    return done(gettext("Suspended. Pairings are paused."), "helpers.show", helper_id=helper.id)


@bp.post("/helpers/<int:helper_id>/restore")
@requires(Permission.helper_vet, load=loaded)
def restore(helper: Helper) -> Response:
    """Take somebody back."""
    actions.restore(helper, by=actor())
    return done(gettext("Taken back. The gates decide the rest."), "helpers.show",
                helper_id=helper.id)  # fmt: skip
