"""Villages without a place for their children near, on a map and in a list; where more places would
bring most of them near."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.oversight import actions
from jiedui.oversight.forms import SitesForm
from jiedui.oversight.models import SitePlan
from jiedui.oversight.queries import coverage as queries
from jiedui.oversight.rules.coverage import FEW
from jiedui.oversight.views.blueprint import bp
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

AT_ONCE = 40


def _own() -> Region:
    """The reader's own county or township; raise Missing for a role without one."""
    holding = actor().holding
    if holding is None or holding.unit_id is not None:
        raise Missing
    return regions.get(holding.region_id)


@bp.get("/coverage")
@requires(Permission.figures_read, load=_own)
def coverage(region: Region) -> str:
    """Which villages are far from any place, worst first."""
    return render_template("oversight/coverage.html", **_page(region, SitesForm()))


@bp.post("/coverage")
@requires(Permission.sites_plan, load=_own)
def ask_sites(region: Region) -> Any:
    """Ask where more places would help most; a worker finds it."""
    form = SitesForm()
    if not form.sent():
        return refused("oversight/coverage.html", **_page(region, form))
    try:
        actions.ask_sites(region, form.places.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("oversight/coverage.html", **_page(region, form))
    said = gettext("It is being worked out; this page shows it in a moment.")
    return done(said, "oversight.coverage")


def _page(region: Region, form: SitesForm) -> dict[str, Any]:
    found, plan = queries.coverage(region), queries.latest_plan(region.id)
    shown = found.villages if request.args.get("all") else found.far
    page = max(1, request.args.get("page", 1, type=int))
    exact = may(actor(), Permission.child_read, region)
    return {
        "region": region, "found": found, "form": form, "plan": plan, "page": page,
        "rows": shown[(page - 1) * AT_ONCE : page * AT_ONCE], "total": len(shown),
        "last": -(-len(shown) // AT_ONCE), "everything": bool(request.args.get("all")),
        "towns": queries.towns(region.path), "sites": _sites(region, plan),
        "few": 0 if exact else FEW,
    }  # fmt: skip


def _sites(region: Region, plan: SitePlan | None) -> list[tuple[Region, int, list[Region]]]:
    """The villages of an answer, the children each would bring near, and whose they are."""
    if plan is None or not plan.answer:
        return []
    known = {one.id: one for one in regions.villages(region.path)}
    return [
        (known[number], children, [known[v] for v in villages if v in known])
        for number, children, villages in plan.answer
        if number in known
    ]
