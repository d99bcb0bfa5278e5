"""Pages of screening: a village house by house, the paper form, how far each village is."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import redirect, render_template, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.care.actions import screening as actions
from jiedui.care.forms.screening import MarkForm, OrderForm, OthersForm
from jiedui.care.queries import screening as queries
from jiedui.care.queries import visits
from jiedui.care.rules.quarters import quarter_of
from jiedui.care.views.blueprint import bp
from jiedui.care.views.visits import load_village
from jiedui.children.models import Household
from jiedui.children.rules import masked_name
from jiedui.core import clock
from jiedui.core.errors import Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.pages import done, refused
from jiedui.core.phone import may_be_kept, typed_at
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

bp.add_app_template_filter(masked_name, "masked_name")
BLANKS = 14  # empty rows on the paper form, for houses nobody knows yet


@bp.get("/screening")
@requires(Permission.screening_mark)
def screening() -> Any:
    """One's own village; for a township how far each of its villages is."""
    villages = regions.villages(actor().scope)
    if len(villages) == 1:
        return redirect(url_for("care.screen", village_id=villages[0].id), 303)
    lines, quarter = queries.progress(actor().scope), quarter_of(clock.today())
    return render_template("care/screening.html", lines=lines, quarter=quarter)


@bp.get("/screening/villages/<int:village_id>")
@requires(Permission.screening_mark, load=load_village)
def screen(village: Region) -> str:
    """House by house in walking order: met, nobody at home, moved away."""
    return _screen(village, _others(village))


def _day() -> date:
    """The day on which the form of this request was filled in, perhaps without a line."""
    return clock.local(typed_at()).date()


def _others(village: Region) -> OthersForm:
    row = queries.others(village.id, quarter_of(_day()))
    return OthersForm(
        data={"houses": row.houses if row else None, "version": str(row.version if row else 0)}
    )


def _screen(village: Region, form: OthersForm) -> str:
    rows, quarter = queries.of_village(village), quarter_of(clock.today())
    return render_template(
        "care/screen.html", village=village, rows=rows, form=form, quarter=quarter
    )


@bp.post("/screening/houses/<int:home_id>")
@may_be_kept(_l("Screening of a house"))
@requires(Permission.screening_mark, load=visits.home)
def mark(home: Household) -> Any:
    """One house: one of three buttons."""
    form = MarkForm()
    here = url_for("care.screen", village_id=home.village_id, _anchor=f"h-{home.id}")
    if form.sent():
        actions.mark_house(home, form.outcome.data, by=actor(), on_day=_day())
    return redirect(here, 303)


@bp.post("/screening/villages/<int:village_id>/others")
@may_be_kept(_l("Number of other houses"))
@requires(Permission.screening_mark, load=load_village)
def count_others(village: Region) -> Any:
    """How many other houses were asked."""
    form = _others(village)
    if not form.sent():
        return _screen(village, form), 422
    try:
        version, day = form.submitted_version, _day()
        actions.count_others(village, form.houses.data, by=actor(), version=version, on_day=day)
    except Stale as stale:
        form.version.data = str(stale.now)
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))
        return _screen(village, form), 422
    return done(gettext("The number is kept."), "care.screen", village_id=village.id)


@bp.route("/screening/villages/<int:village_id>/order", methods=["GET", "POST"])
@requires(Permission.visit_make, load=load_village)
def arrange(village: Region) -> Any:
    """Number the houses in the order in which one walks."""
    row = queries.order_row(village.id)
    form = OrderForm(data={"version": str(row.version if row else 0)})
    page = {"form": form, "village": village, "rows": queries.of_village(village)}
    if not form.sent():
        shown = render_template("care/order.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.arrange(village, form.order(), by=actor(), version=form.submitted_version)
    except (Refusal, Stale):
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))
        page["rows"] = queries.of_village(village)
        return refused("care/order.html", **page)
    return done(gettext("The order is kept."), "care.screen", village_id=village.id)


@bp.get("/screening/villages/<int:village_id>/paper")
@requires(Permission.visit_make, load=load_village)
def paper(village: Region) -> str:
    """The list on paper, for a village without a telephone: known houses, and empty rows."""
    rows, quarter = queries.of_village(village), quarter_of(clock.today())
    return render_template(
        "care/paper.html", village=village, rows=rows, quarter=quarter, blanks=BLANKS
    )
