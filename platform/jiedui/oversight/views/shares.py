"""The share register of a year: a page, and for Excel."""

from __future__ import annotations

from flask import Response, render_template

from jiedui.access.guard import requires
from jiedui.access.policy import Permission
from jiedui.core.sheets import XLSX
from jiedui.oversight.exchange import shares as papers
from jiedui.oversight.queries import shares as queries
from jiedui.oversight.queries import yearly
from jiedui.oversight.views.blueprint import as_file, asked_year, bp, own_county
from jiedui.regions.models import Region


@bp.get("/shares")
@requires(Permission.retention_read, load=own_county)
def shares(county: Region) -> str:
    """What was given to others in a year: codes and offices, nobody by name."""
    year = asked_year(county)
    register = queries.shares(county, year)
    return render_template(
        "oversight/shares.html",
        register=register,
        sums=papers.sums(register),
        lines=papers.lines(register),
        year=year,
        years=yearly.years(county.id),
    )


@bp.get("/shares/xlsx")
@requires(Permission.retention_read, load=own_county)
def shares_file(county: Region) -> Response:
    """The same for Excel."""
    year = asked_year(county)
    data = papers.xlsx(queries.shares(county, year), county.name, year)
    return as_file(data, XLSX, f"{county.code}-{year}-shares.xlsx")
