"""The report door: open to everybody, and nothing that was typed is ever turned away."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, request

from jiedui.access.guard import actor_or_none, open_door, unforged
from jiedui.access.rules import Actor
from jiedui.core import crypto, once
from jiedui.core.i18n import chosen
from jiedui.protection import actions, queries
from jiedui.protection.actions import Worry
from jiedui.protection.actions.attaching import Attached, attached
from jiedui.protection.forms import ReportForm, helper_of
from jiedui.protection.rules.files import FILES_MOST
from jiedui.protection.views.blueprint import bp
from jiedui.protection.views.keeping import kept_at_once, told_aside
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
        villages=[one for county in counties[:1] for one in regions.villages(county.path)],
    )
    return (page, 422) if request.method == "POST" else page


def _kept(form: ReportForm, who: Actor | None, first_county: int) -> str:
    """Keep it in a short act of its own, once, however often the button is pressed; where that
    fails, outside the database."""
    files, left_out = attached(form.files())
    worry, county_id = _worry(form, who, files), _county(form, first_county)
    if not kept_at_once(worry, county_id):
        return told_aside(worry, left_out)
    return render_template(
        "protection/received.html",
        worry=worry,
        readers=bool(queries.readers(county_id)),
        left_out=left_out,
    )


def without_database() -> Any:
    """The same where the database cannot even be asked who is there."""
    form = ReportForm([])
    if not form.says_something:
        return current_app.jinja_env.get_template("error/500.html").render(locale=chosen()), 503
    county = request.form.get("county", "")
    files, left_out = attached(form.files())
    worry = _worry(form, None, files)
    actions.put_aside(worry, int(county) if county.isdecimal() else None)
    return told_aside(worry, left_out)


report.without_database = without_database  # type: ignore[attr-defined]
report.most_bytes = FILES_MOST  # type: ignore[attr-defined]


def _worry(form: ReportForm, who: Actor | None, files: tuple[Attached, ...]) -> Worry:
    return Worry(
        what=form.what.data or "",
        where=form.where.data or "",
        reporter=form.reporter.data or "",
        address=request.remote_addr or "",
        helper_id=helper_of(form.about.data or ""),
        account_id=who.account_id if who else None,
        situation=(form.situation.data or "")[:40],
        files=files,
        key=request.form.get(once.FIELD) or crypto.new_token(),
    )


def _county(form: ReportForm, otherwise: int) -> int:
    field = form._fields.get("county")
    known = {value for value, _ in field.choices} if field is not None else set()
    return field.data if field is not None and field.data in known else otherwise
