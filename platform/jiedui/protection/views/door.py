"""The report door: open to everybody, and nothing that was typed is ever turned away."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from jiedui.access.guard import actor_or_none, open_door, unforged
from jiedui.access.rules import Actor
from jiedui.core import db, once
from jiedui.protection import actions, queries
from jiedui.protection.actions import Worry
from jiedui.protection.forms import ReportForm, helper_of
from jiedui.protection.views.blueprint import bp
from jiedui.regions import queries as regions


@bp.route("/report", methods=["GET", "POST"])
@open_door("a worried person must be heard without an account", transaction="read", forgeable=True)
def report() -> Any:
    """What and where, and a name if somebody wants to give one."""
    known = actor_or_none()
    counties = [regions.get(known.county_id)] if known else regions.counties()
    form = ReportForm(counties)
    if request.method == "POST" and form.says_something and counties:
        return _kept(form, known if known and unforged() else None, counties[0].id)
    if request.method == "GET":
        form.about.data = request.args.get("about", "")
    page = render_template(
        "protection/report.html",
        form=form,
        nothing=request.method == "POST",
        readers=bool(counties and queries.readers(counties[0].id)),
    )
    return (page, 422) if request.method == "POST" else page


def _kept(form: ReportForm, who: Actor | None, county_id: int) -> Response:
    """Keep it in a short act of its own, once, however often the button is pressed."""
    try:
        with db.note():
            return _keep(form, who, county_id)
    except IntegrityError:  # the same form at the same moment: the other one has kept it
        with db.note():
            return _keep(form, who, county_id)


def _keep(form: ReportForm, who: Actor | None, county_id: int) -> Response:
    claim = once.claim("anybody")
    if isinstance(claim, Response):
        return claim
    worry = Worry(
        what=form.what.data or "",
        where=form.where.data or "",
        reporter=form.reporter.data or "",
        address=request.remote_addr or "",
        helper_id=helper_of(form.about.data or ""),
        account_id=who.account_id if who else None,
    )
    kept = actions.receive(worry, _county(form, county_id))
    where = url_for("protection.received", number=kept.number)
    if claim is not None:
        claim.location = where
    return redirect(where, 303)


def _county(form: ReportForm, otherwise: int) -> int:
    field = form._fields.get("county")
    known = {value for value, _ in field.choices} if field is not None else set()
    return field.data if field is not None and field.data in known else otherwise


@bp.get("/report/received/<number>")
@open_door("whoever reported is told what happens now")
def received(number: str) -> str:
    """The number of a report, who reads it and when."""
    kept = queries.by_number(number)
    return render_template(
        "protection/received.html", report=kept, readers=bool(queries.readers(kept.county_id))
    )
