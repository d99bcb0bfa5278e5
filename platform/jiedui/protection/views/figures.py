"""Figures of a year of reports and cases, on a page and as a file."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.core.acts import Act
from jiedui.core.errors import Missing
from jiedui.core.i18n import gettext
from jiedui.protection import exchange
from jiedui.protection.queries import figures as queries
from jiedui.protection.views.blueprint import bp
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def own_county() -> Region:
    """The reader's county: cases are the whole county's."""
    return regions.get(actor().county_id)


def may_count() -> bool:
    """Whether a page may lead here."""
    return may(actor(), Permission.case_figures, own_county())


def _year(county: Region) -> int:
    """The year that was asked for; raise Missing for one of which there is nothing."""
    years = queries.years(county.id)
    year = request.args.get("year", years[0], type=int)
    if year not in years:
        raise Missing
    return year


@bp.get("/reports/figures")
@requires(Permission.case_figures, load=own_county)
def figures(county: Region) -> str:
    """How many, how fast and with what outcome; nothing small."""
    year = _year(county)
    found = queries.of_year(county, year)
    return render_template(
        "protection/figures.html",
        year=year,
        years=queries.years(county.id),
        tables=exchange.tables(found),
        how=exchange.notes(found),
    )


@bp.get("/reports/figures.csv")
@requires(Permission.case_figures, load=own_county, logged=Act.case_figures_taken)
def figures_file(county: Region) -> Any:
    """The same as a file; that it was taken is on record."""
    year = _year(county)
    title = gettext("%(place)s, %(year)s: reports and cases", place=county.name, year=year)
    data = exchange.csv_of(queries.of_year(county, year), title)
    name = f"{county.code}-cases-{year}.csv"
    held = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=exchange.CSV, headers=held)
