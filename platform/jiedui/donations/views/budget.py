"""The plan's budget: its lines by purpose, one line with its books, the steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import clock
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.donations import exchange
from jiedui.donations.actions import budget as actions
from jiedui.donations.forms import budget as forms
from jiedui.donations.models import BudgetEntry, BudgetLine
from jiedui.donations.queries import budget as queries
from jiedui.donations.views.blueprint import as_file, bp, own_county
from jiedui.donations.views.statements import MAKERS
from jiedui.regions.models import Region


@bp.get("/budget")
@requires(Permission.budget_read, load=own_county)
def budget(county: Region) -> str:
    """One year's lines, with what is left of each."""
    known = queries.years(county.id)
    year = request.args.get("year", known[0] if known else clock.today().year, type=int)
    rows = queries.lines(county.id, year)
    return render_template(
        "donations/budget.html", rows=rows, totals=queries.totals(rows), year=year, years=known
    )


def _county_of(sheet: str) -> Region:
    """The reader's county, whatever kind of file."""
    return own_county()


@bp.get("/budget/file/<sheet>")
@requires(Permission.budget_read, load=_county_of, logged=Act.budget_taken)
def budget_file(county: Region) -> Response:
    """A year's lines and their books as a file; that it was taken is on record."""
    kind = str((request.view_args or {})["sheet"])
    if kind not in MAKERS:
        raise Missing
    make, mime = MAKERS[kind]
    year = request.args.get("year", clock.today().year, type=int)
    data = make(exchange.budget_tables(queries.lines(county.id, year)))
    return as_file(data, mime, f"{county.code}-budget-{year}.{kind}")


@bp.route("/budget/new", methods=["GET", "POST"])
@requires(Permission.budget_manage, load=own_county)
def new_line(county: Region) -> Any:
    """Open a line."""
    form = forms.line_form()
    if not form.sent():
        shown = render_template("donations/budget_form.html", form=form)
        return (shown, 422) if form.is_submitted() else shown
    try:
        line = actions.open_line(county, form.said(), form.amount.fen or 0, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/budget_form.html", form=form)
    return done(gettext("The line is open."), "donations.budget_line", budget_line_id=line.id)


@bp.get("/budget/<int:budget_line_id>")
@requires(Permission.budget_read, load=queries.line)
def budget_line(line: BudgetLine) -> str:
    """One line: what is left, its books."""
    rows = queries.entries(line.id)
    reversed_ = {one.reverses for one in rows}
    return render_template("donations/budget_line.html", line=line, rows=rows, undone=reversed_)


def _step(line: BudgetLine, form: Any, title: str, go: str, act: Callable[[], object]) -> Any:
    page = {"line": line, "form": form, "title": title, "go": go}
    if not form.sent():
        shown = render_template("donations/budget_step.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        act()
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/budget_step.html", **page)
    return done(gettext("It is in the books."), "donations.budget_line", budget_line_id=line.id)


@bp.route("/budget/<int:budget_line_id>/use", methods=["GET", "POST"])
@requires(Permission.budget_manage, load=queries.line)
def use_line(line: BudgetLine) -> Any:
    """Money is used for the line's purpose."""
    form = forms.use_form(line)
    title, go = gettext("Write a use down"), gettext("Write it down")
    return _step(line, form, title, go, lambda: actions.use(line, form.said(), by=actor()))


@bp.route("/budget/<int:budget_line_id>/more", methods=["GET", "POST"])
@requires(Permission.budget_manage, load=queries.line)
def more_for_line(line: BudgetLine) -> Any:
    """More is granted."""
    form = forms.MoreForm()

    def act() -> None:
        actions.grant(line, form.amount.fen or 0, form.evidence.data, by=actor())

    return _step(line, form, gettext("More is granted"), gettext("Write it down"), act)


@bp.route("/budget/<int:budget_line_id>/back", methods=["GET", "POST"])
@requires(Permission.budget_manage, load=queries.line)
def send_line_back(line: BudgetLine) -> Any:
    """What is left over goes back."""
    form = forms.MoreForm()

    def act() -> None:
        actions.send_back(line, form.amount.fen or 0, form.evidence.data, by=actor())

    return _step(line, form, gettext("Some goes back"), gettext("Write it down"), act)


@bp.route("/budget/entries/<int:budget_entry_id>/reverse", methods=["GET", "POST"])
@requires(Permission.budget_manage, load=queries.entry)
def reverse_entry(entry: BudgetEntry) -> Any:
    """An entry was a mistake."""
    form = forms.MistakeForm()
    title, go = gettext("Was this entry a mistake?"), gettext("Reverse it")

    def act() -> None:
        actions.reverse(entry, form.evidence.data, by=actor())

    return _step(entry.line, form, title, go, act)
