"""The table of times with what is due, the receipt of a run, and setting a time."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.core import clock
from jiedui.core.errors import Missing, Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.oversight import actions, queries
from jiedui.oversight.forms import term_form
from jiedui.oversight.models import RetentionRun, RetentionTerm
from jiedui.oversight.rules import TERMS, DataClass
from jiedui.oversight.views.blueprint import bp, own_county
from jiedui.regions.models import Region


@bp.get("/retention")
@requires(Permission.retention_read, load=own_county)
def retention(county: Region) -> str:
    """How long what is kept, what is due, what is held back, and past runs. Files by number."""
    held, rows = queries.held(county.id), queries.rows(county.id)
    return render_template(
        "oversight/retention.html",
        rows=rows,
        coming=queries.coming(county.id),
        held=held,
        runs=queries.runs(county.id),
        waits=[row.clears_from for row in rows if row.shown_only and row.clears_from],
        names=names_of({one.set_by for one in held if one.set_by}),
        today=clock.today(),
    )


def _run(run_id: int) -> RetentionRun:
    return queries.get_run(run_id)


@bp.get("/retention/runs/<int:run_id>")
@requires(Permission.retention_read, load=_run)
def run(one: RetentionRun) -> str:
    """The receipt of a run: how many of each class were cleared."""
    return render_template("oversight/run.html", run=one)


def _term(data: str) -> RetentionTerm:
    if data not in set(DataClass):
        raise Missing
    return queries.term_of(actor().county_id, DataClass(data))


@bp.route("/retention/terms/<data>", methods=["GET", "POST"])
@requires(Permission.retention_set, load=_term)
def term(one: RetentionTerm) -> Any:
    """Set how long a class is kept; it holds after a month of showing."""
    form = term_form(one)
    page = {"form": form, "one": one, "term": TERMS[one.data]}
    if not form.sent():
        answer = render_template("oversight/term.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.set_term(one, form.amount.data, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("oversight/term.html", **page)
    except Stale as stale:
        form.version.data = str(stale.now)
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))
        return refused("oversight/term.html", **page)
    return done(gettext("The time is set."), "oversight.retention")
