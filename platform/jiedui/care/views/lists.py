"""Agreements of a scope: what is missing, what runs out, what waits for signatures; and what a
village prepares for the Spring Festival."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.care import queries
from jiedui.care.actions import after_signing
from jiedui.care.views.blueprint import bp
from jiedui.care.views.entrustment import as_pdf
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Missing
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import PAGE, done
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Level

LISTS = ("missing", "running-out", "unsigned", "in-force")


@bp.get("/entrustments")
@requires(Permission.guardianship_read)
def entrustments() -> str:
    """One of four lists."""
    chosen = request.args.get("list", LISTS[0])
    which = chosen if chosen in LISTS else LISTS[0]
    number = max(request.args.get("page", 1, type=int), 1)
    page = {"which": which, "number": number, "size": PAGE, "today": clock.today()}
    return render_template("care/entrustments.html", **page, **_rows(which, number))


def _rows(which: str, number: int) -> dict[str, Any]:
    who, today = actor(), clock.today()
    if which == "missing":
        homes, total = queries.lacking(who, number)
        return {"homes": homes, "papers": [], "total": total}
    if which == "in-force":
        papers, total = queries.in_force(who, today, number)
        return {"homes": [], "papers": papers, "total": total}
    rows = queries.unsigned(who) if which == "unsigned" else queries.running_out(who, today)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    return {"homes": [], "papers": shown, "total": len(rows)}


@bp.get("/entrustments/festival")
@requires(Permission.guardianship_read)
def festival() -> str:
    """What is to be signed when parents come home, by village."""
    first = clock.spring_festival(clock.today())
    homes = queries.for_festival(actor().scope, first)
    villages = [(v, list(rows)) for v, rows in groupby(homes, key=lambda home: home.village)]
    return render_template("care/festival.html", first=first, villages=villages, total=len(homes))


def _village(village_id: int) -> Region:
    found = regions.get(village_id)
    if found.level is not Level.village:
        raise Missing
    return found


@bp.get("/villages/<int:village_id>/festival")
@requires(Permission.guardianship_read, load=_village)
def festival_village(village: Region) -> str:
    """The houses of one village, each with what is missing."""
    first = clock.spring_festival(clock.today())
    homes = queries.for_festival(village.path, first)
    waiting = queries.to_sign(village.path)
    return render_template(
        "care/festival_village.html", village=village, first=first, homes=homes, waiting=waiting
    )


@bp.post("/villages/<int:village_id>/festival/prepare")
@requires(Permission.guardianship_change, load=_village)
def prepare_festival(village: Region) -> Any:
    """Agreements for all of them, from the record, ready to be printed as one."""
    homes = queries.for_festival(village.path, clock.spring_festival(clock.today()))
    made = after_signing.prepare(homes, by=actor())
    text = ngettext("%(num)d agreement is ready.", "%(num)d agreements are ready.", len(made))
    left = len(homes) - len(made)
    if left:
        text += " " + ngettext(
            "%(num)d house has nobody at home who could be the carer.",
            "%(num)d houses have nobody at home who could be the carer.",
            left,
        )
    return done(text, "care.festival_village", village_id=village.id)


@bp.get("/villages/<int:village_id>/agreements.pdf")
@requires(Permission.guardianship_change, load=_village)
def village_pdf(village: Region) -> Any:
    """All printed agreements of a village that wait for signatures, as one PDF."""
    waiting = queries.to_sign(village.path)
    if not waiting:
        return done(gettext("Nothing waits for signatures."), "care.festival_village",
                    village_id=village.id)  # fmt: skip
    with db.note():
        for one in waiting:
            audit.record(Act.entrustment_read, one, by=actor())
    return as_pdf(waiting, f"agreements-{village.code}")
