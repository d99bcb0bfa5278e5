"""Where more places would bring most children near is asked, and the worker's answer kept."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db, jobs
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.oversight.models import SitePlan
from jiedui.oversight.queries import coverage
from jiedui.oversight.rules.coverage import CoverageRefusal, Proposal
from jiedui.regions.models import Region

KIND = "oversight.sites"


def ask_sites(region: Region, places: int, *, by: Actor) -> SitePlan:
    """Ask where so many more places in a region would bring most children near; a worker answers.
    Refuses a second question while one is worked on, and where no village has a position."""
    db.lock(Region, region.id)
    latest = coverage.latest_plan(region.id)
    if latest is not None and latest.done_at is None:
        raise Refusal(CoverageRefusal.at_work)
    if not coverage.spots(region.path):
        raise Refusal(CoverageRefusal.nothing_known)
    walk = coverage.walk_of(region.county_id or region.id)
    plan = SitePlan(
        county_id=region.county_id, region=region, places=places, minutes=walk.minutes,
        detour=walk.detour, asked_by=by.account_id, asked_at=clock.now(),
    )  # fmt: skip
    db.session.add(plan)
    db.session.flush()
    jobs.ask(KIND, by=by, county_id=plan.county_id, plan=plan.id)
    audit.record(Act.sites_asked, plan, by=by, places=places)
    return plan


def answer_sites(plan_id: int, found: Proposal, *, by: By) -> None:
    """Keep the answer; one that is there already stays."""
    plan = db.lock(SitePlan, plan_id)
    if plan is None or plan.done_at is not None:
        return
    plan.done_at, plan.proven = clock.now(), found.proven
    plan.before, plan.after, plan.total = found.before, found.after, found.total
    plan.answer = [[one.village_id, one.children, list(one.villages)] for one in found.places]
    audit.record(Act.sites_answered, plan, by=by, more=found.after - found.before)
