"""The yearly audit as a page, for Word and Excel; and the impact assessment. Figures only."""

from __future__ import annotations

from flask import Response, render_template, request

from jiedui.access.guard import requires
from jiedui.access.policy import Permission
from jiedui.core import clock
from jiedui.core.documents import DOCX
from jiedui.core.errors import Missing
from jiedui.core.sheets import XLSX
from jiedui.oversight.exchange import impact
from jiedui.oversight.exchange import yearly as papers
from jiedui.oversight.queries import holding
from jiedui.oversight.queries import yearly as queries
from jiedui.oversight.views.blueprint import as_file, asked_year, bp, own_county
from jiedui.regions.models import Region

MAKERS = {"docx": (papers.docx, DOCX), "xlsx": (papers.xlsx, XLSX)}
WALK = "checked"


@bp.get("/yearly")
@requires(Permission.retention_read, load=own_county)
def pack(county: Region) -> str:
    """Duties and figures of a year. The record is walked only when that is asked for: it takes
    its time."""
    year = queries.of_year(county, asked_year(county), walk=request.args.get("record") == WALK)
    return render_template(
        "oversight/yearly.html",
        pack=papers.pack(year),
        one=year,
        years=queries.years(county.id),
        impact=impact.version(holding.held_of(county)),
    )


@bp.get("/yearly/<form>")
@requires(Permission.retention_read, load=own_county)
def pack_file(county: Region) -> Response:
    """The same for Word or Excel, the record walked."""
    kind = str((request.view_args or {})["form"])
    if kind not in MAKERS:
        raise Missing
    make, mime = MAKERS[kind]
    year = queries.of_year(county, asked_year(county), walk=True)
    return as_file(make(year), mime, f"{county.code}-{year.year}-audit.{kind}")


@bp.get("/yearly/impact")
@requires(Permission.retention_read, load=own_county)
def impact_file(county: Region) -> Response:
    """The impact assessment of today, for Word."""
    data = impact.docx(holding.held_of(county))
    return as_file(data, DOCX, f"{county.code}-{clock.today()}-impact.docx")
