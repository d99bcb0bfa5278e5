"""Whoever gave something sees by the number of the gift where it is now; no child, no village."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from jiedui.access.guard import open_door
from jiedui.core.numbers import masked, tidy_number
from jiedui.core.pages import refused
from jiedui.disclosure.forms import GivenForm
from jiedui.disclosure.views.blueprint import bp
from jiedui.donations.queries.reports import published
from jiedui.donations.queries.tracing import by_number, trace


@bp.route("/given", methods=["GET", "POST"], defaults={"number": ""})
@bp.route("/given/<number>", methods=["GET", "POST"])
@open_door("whoever gave may see where it is, without an account", transaction="read")
def given(number: str) -> Any:
    """Type a number; the answer stands at an address of its own, as the QR code has it."""
    form = GivenForm(data={"number": number})
    if form.sent():
        kept = tidy_number(form.number.data)
        return redirect(url_for("disclosure.given", number=kept), 303)
    if form.is_submitted():
        return refused("disclosure/given.html", form=form)
    return _answer(form, number) if number else render_template("disclosure/given.html", form=form)


def _answer(form: GivenForm, number: str) -> Any:
    """The way of the gift, or: no such number."""
    kept = tidy_number(number)
    found = by_number(kept) if kept else None
    if found is None:
        return render_template("disclosure/given.html", form=form, asked=kept or number), 404
    page = {"gift": found, "trace": trace(found), "masked": masked}
    page["reports"] = published(found.id)
    return render_template("disclosure/gift.html", **page)
