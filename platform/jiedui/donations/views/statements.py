"""Statements of the books for the offices: on a page, for Excel, as text."""

from __future__ import annotations

from flask import Response, render_template, request

from jiedui.access.guard import requires
from jiedui.access.policy import Permission
from jiedui.core import clock
from jiedui.core.acts import Act
from jiedui.core.errors import Missing
from jiedui.core.sheets import XLSX
from jiedui.donations import exchange
from jiedui.donations.forms.statements import asked
from jiedui.donations.rules.statements import Grouping, month_of, quarter_of, year_of
from jiedui.donations.views.blueprint import as_file, bp, own_county
from jiedui.regions.models import Region


def _county_of(sheet: str) -> Region:
    """The reader's county, whatever kind of file."""
    return own_county()


MAKERS = {"xlsx": (exchange.xlsx_of, XLSX), "csv": (exchange.csv_of, exchange.CSV)}


@bp.get("/gifts/statement")
@requires(Permission.gift_manage, load=own_county)
def statement(county: Region) -> str:
    """By gift, giver, township or time, between two days."""
    form, today = asked(), clock.today()
    span = form.span()
    return render_template(
        "donations/statement.html",
        form=form,
        span=span,
        by=form.grouping(),
        groupings=list(Grouping),
        tables=exchange.tables(county.id, span, form.grouping()),
        usual=[month_of(today), quarter_of(today), year_of(today.year, today),
               year_of(today.year - 1, today)],
    )  # fmt: skip


@bp.get("/gifts/statement/<sheet>")
@requires(Permission.gift_manage, load=_county_of, logged=Act.gift_statement_taken, recent=True)
def statement_file(county: Region) -> Response:
    """The same as a file; that it was taken is on record."""
    kind = str((request.view_args or {})["sheet"])
    if kind not in MAKERS:
        raise Missing
    make, mime = MAKERS[kind]
    asking = asked()
    span = asking.span()
    data = make(exchange.tables(county.id, span, asking.grouping()))
    return as_file(data, mime, f"{county.code}-gifts-{span.start}-{span.end}.{kind}")
