"""Lists for the police: what is printed, and the one answer for all."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import clock
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.helpers import actions, queries
from jiedui.helpers.forms import ReplyForm
from jiedui.helpers.models import RecordCheckBatch
from jiedui.helpers.rules import BatchState
from jiedui.helpers.views.blueprint import bp


def sent_list(batch_id: int) -> RecordCheckBatch:
    """The list of an address."""
    return queries.get_batch(batch_id)


def unanswered(batch_id: int) -> RecordCheckBatch:
    """A list the police have not answered: afterwards nobody needs the numbers on it."""
    batch = queries.get_batch(batch_id)
    if batch.state is not BatchState.sent:
        raise Missing
    return batch


@bp.get("/helpers/checks")
@requires(Permission.helper_vet)
def checks() -> str:
    """Lists without an answer, and those answered of late."""
    return render_template(
        "helpers/checks.html",
        waiting=queries.open_batches(actor()),
        answered=queries.replied_batches(actor()),
        today=clock.today(),
    )


@bp.route("/helpers/checks/<int:batch_id>", methods=["GET", "POST"])
@requires(Permission.helper_vet, load=sent_list)
def check(batch: RecordCheckBatch) -> Any:
    """One list: print it, and record the answer for all."""
    form = ReplyForm(data={"authority": batch.authority, "version": batch.version})
    form.start()
    form.bad.choices = [(m.helper_id, f"{m.helper.name} {m.helper.code}") for m in batch.members]
    facts = {"form": form, "batch": batch, "fault": queries.fault_on(actor(), batch)}
    if not form.sent():
        page = render_template("helpers/check.html", **facts)
        return (page, 422) if form.is_submitted() else page
    try:
        on, who, bad = form.done_on.data, form.authority.data, form.bad.data
        version = form.submitted_version
        actions.reply_record_checks(batch, on, who, bad, by=actor(), version=version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("helpers/check.html", **facts)
    return done(gettext("The answer is recorded for everybody."), "helpers.checks")


@bp.get("/helpers/checks/<int:batch_id>/papers")
@requires(Permission.helper_vet, load=unanswered, logged=Act.record_checks_printed, recent=True)
def papers(batch: RecordCheckBatch) -> str:
    """Letter, list and one authorisation for each, to print. The numbers stand in full: without
    them the police cannot look; who printed them is on record."""
    return render_template("helpers/papers.html", batch=batch)
