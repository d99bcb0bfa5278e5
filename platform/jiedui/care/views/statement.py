"""The quarter's statement: as a page, for Word, for Excel; of a county or a township. No names."""

from __future__ import annotations

from flask import Response, render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.care.exchange import statement as files
from jiedui.care.exchange.tables import period, sheet
from jiedui.care.queries import reviews
from jiedui.care.queries import statement as queries
from jiedui.care.queries.statement import Statement
from jiedui.care.rules.quarters import Quarter, read_quarter
from jiedui.care.views.blueprint import bp
from jiedui.core import clock
from jiedui.core.errors import Missing
from jiedui.core.sheets import XLSX
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Level

NOW = "now"
MAKERS = {"docx": (files.docx, files.DOCX), "xlsx": (files.xlsx, XLSX)}


def _division(region_id: int) -> Region:
    """A county or township; villages have no statement."""
    region = regions.get(region_id)
    if region.level is Level.village:
        raise Missing
    return region


def _asked(region: Region) -> Statement:
    """What an address asks for: a quarter, how it is now, or the last quarter that is over."""
    wanted = request.args.get("quarter", "")
    if wanted == NOW:
        return queries.now(region)
    return queries.of_quarter(region, read_quarter(wanted) or reviews.current().before)


@bp.get("/statement")
@requires(Permission.figures_read)
def statement() -> str:
    """One's own county or township."""
    if actor().holding is None:
        raise Missing
    return _shown(_division(actor().holding.region_id))


@bp.get("/statement/<int:region_id>")
@requires(Permission.figures_read, load=_division)
def statement_of(region: Region) -> str:
    """A county's or township's statement of a quarter, or as it is now."""
    return _shown(region)


def _shown(region: Region) -> str:
    found = _asked(region)
    return render_template(
        "care/statement.html",
        region=region,
        found=found,
        sheet=sheet(found),
        period=period(found),
        there=_there(found),
        quarters=_quarters(region),
        within=region.parent if actor().scope == f"{region.county_id}/" else None,
    )


def _there(found: Statement) -> bool:
    """Whether its day has come."""
    return found.ready is None or clock.today() >= found.ready


def _quarters(region: Region) -> list[Quarter]:
    """Quarters of which there is or will soon be a statement, newest first."""
    last = reviews.current().before
    return sorted({last, *reviews.quarters(region.path)} - {reviews.current()}, reverse=True)[:8]


@bp.get("/statement/<int:region_id>/<form>")
@requires(Permission.figures_read, load=lambda region_id, form: _division(region_id))
def statement_file(region: Region) -> Response:
    """The same for Word or Excel."""
    kind, found = str((request.view_args or {})["form"]), _asked(region)
    if kind not in MAKERS or not _there(found):
        raise Missing
    make, mime = MAKERS[kind]
    when = found.quarter.key if found.quarter else f"{clock.today()}"
    name = f"{region.code}-{when}.{kind}"
    held = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(make(found), mimetype=mime, headers=held)
