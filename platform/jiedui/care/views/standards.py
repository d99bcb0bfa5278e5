"""The table of amounts: what the county gives, since when, and where it is written."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.care.actions import standards as actions
from jiedui.care.forms.support import StandardForm, standard_form
from jiedui.care.models.support import SupportStandard
from jiedui.care.queries import standards as queries
from jiedui.care.queries.support import WITH_AMOUNT
from jiedui.care.rules.support import NATIONAL, Support
from jiedui.care.views.blueprint import bp
from jiedui.children.forms import differences
from jiedui.core import clock
from jiedui.core.errors import Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def _county() -> Region:
    """The reader's county: a township's office does not write its amounts down."""
    return regions.get(actor().county_id)


def _standard(standard_id: int) -> SupportStandard:
    return queries.get_standard(standard_id)


def _table(county: Region, form: StandardForm) -> dict[str, Any]:
    rows, today = queries.standards(county.id), clock.today()
    current = {code: queries.held_on(county.id, code, today) for code in Support}
    return {
        "form": form,
        "rows": rows,
        "national": NATIONAL,
        "current": {code: one for code, one in current.items() if one is not None},
        "without": [c for c in Support if c in WITH_AMOUNT and current[c] is None],
        "names": names_of({row.entered_by for row in rows if row.entered_by}),
        "today": today,
    }


@bp.route("/support/standards", methods=["GET", "POST"])
@requires(Permission.support_standard, load=_county)
def support_standards(county: Region) -> Any:
    """Every amount with its days; a new one is written down below."""
    form = standard_form()
    if not form.sent():
        page = render_template("care/standards.html", **_table(county, form))
        return (page, 422) if request.method == "POST" else page
    try:
        actions.set_standard(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/standards.html", **_table(county, form))
    return done(gettext("The amount is written down."), "care.support_standards")


@bp.route("/support/standards/<int:standard_id>", methods=["GET", "POST"])
@requires(Permission.support_standard, load=_standard)
def support_standard(row: SupportStandard) -> Any:
    """Put right what was written down wrongly; a page that has become old shows both."""
    form = standard_form(row)
    page = {"form": form, "row": row, "differs": None}
    if not form.sent():
        answer = render_template("care/standard.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.correct_standard(row, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/standard.html", **page)
    except Stale as stale:
        page["differs"] = differences(form, standard_form(row, formdata=None))
        form.version.data = str(stale.now)
        return refused("care/standard.html", **page)
    return done(gettext("The amount is put right."), "care.support_standards")
