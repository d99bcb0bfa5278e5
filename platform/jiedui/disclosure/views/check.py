"""Anybody checks a record of service or a certificate of training by its number; the page shows no
child and no full name."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, redirect, render_template, url_for

from jiedui.access.guard import open_door
from jiedui.activities.queries import courses
from jiedui.core import clock
from jiedui.core.pages import refused
from jiedui.disclosure.forms import CheckForm
from jiedui.disclosure.views.blueprint import bp
from jiedui.disclosure.views.public import here
from jiedui.hours import queries
from jiedui.hours.queries.stars import stars_public
from jiedui.hours.rules import masked, tidy_number


@bp.route("/check", methods=["GET", "POST"], defaults={"number": ""})
@bp.route("/check/<number>", methods=["GET", "POST"])
@open_door("whoever is shown a record may check it", transaction="read")
def check(number: str) -> Any:
    """Type a number; the answer stands at an address of its own, as the QR code has it."""
    form = CheckForm(data={"number": number})
    if form.sent():
        kept = tidy_number(form.number.data)
        return redirect(url_for("disclosure.check", number=kept), 303)
    if form.is_submitted():
        return refused("disclosure/check.html", form=form)
    return _answer(form, number) if number else render_template("disclosure/check.html", form=form)


def _answer(form: CheckForm, number: str) -> Any:
    """Valid, revoked, or no such number: with hours, period and unit, and the name masked; of a
    course what it was and until when it counts."""
    kept = tidy_number(number)
    found = queries.certificate_by_number(kept) if kept else None
    learned = courses.by_number(kept) if kept and found is None else None
    name = masked(found.helper.name) if found else courses.in_public(learned) if learned else ""
    facts = {"asked": kept or number, "found": found, "learned": learned, "name": name}
    page = render_template("disclosure/check.html", form=form, today=clock.today(), **facts)
    return page, 200 if found or learned else 404


@bp.get("/stars")
@open_door("levels are public for five working days before they are granted")
def stars() -> str:
    """Masked names of those who applied for a star level, for whoever knows a reason against."""
    county_id = here()
    awards = stars_public(county_id) if county_id else []
    return render_template("disclosure/stars.html", awards=awards, masked=masked)


@bp.get("/check/keys")
@open_door("whoever holds a signed record may check it without the portal")
def keys() -> Response:
    """Every key that has ever signed a record (Ed25519, base64), newest first."""
    known = [
        {"name": one.name, "public": one.public, "since": one.since.isoformat(timespec="seconds")}
        for one in queries.signing_keys()
    ]
    return jsonify({"algorithm": "Ed25519", "keys": known})
