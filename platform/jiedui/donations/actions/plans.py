"""A proposal by the engine is asked for; a person decides on what is ticked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.donations import candidates
from jiedui.donations.actions import relations
from jiedui.donations.actions.deciding import Wanted, decide, sift
from jiedui.donations.models import GiftDecision, GiftPlan, GiftPlanLeft, GiftPlanLine
from jiedui.donations.queries import claims
from jiedui.donations.queries import plans as find
from jiedui.donations.rules.books import GiftRefusal
from jiedui.donations.rules.deciding import DecidingRefusal
from jiedui.donations.rules.plans import PLAN_MOVES, LineState, PlanState
from jiedui.regions.models import Region


@dataclass(frozen=True)
class Decided:
    """What came of a decision on a proposal: how many lines were taken, were gone, or wait for a
    tie to be looked at or for another person."""

    decision: GiftDecision
    taken: int
    gone: int
    tied: int


def make(county: Region, *, by: Actor) -> GiftPlan:
    """Let the engine propose which gifts in stock go to which open wishes; sets an older proposal
    aside. Refuses where there is nothing to propose. Decides nothing."""
    db.lock(Region, county.id)
    gifts, wishes = find.in_stock(county.id), find.open_wishes(county.id)
    if not gifts or not wishes:
        raise Refusal(DecidingRefusal.nothing_to_plan)
    found = candidates.propose(gifts, wishes, clock.today(), claims.kept(county.id))
    before = find.open_plan(county.id)
    if before is not None:
        PLAN_MOVES.require(before.state, PlanState.set_aside)
        before.state = PlanState.set_aside
        db.session.flush()
    plan = GiftPlan(
        county_id=county.id, state=PlanState.open, gifts=len(gifts), wishes=len(wishes),
        gap=found.gap, made_by=by.account_id, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(plan)
    db.session.flush()
    db.session.add_all(
        GiftPlanLine(plan_id=plan.id, gift_id=one.gift_id, wish_id=one.wish_id, amount=one.amount,
                     why=one.why, state=LineState.proposed)
        for one in found.lines
    )  # fmt: skip
    db.session.add_all(
        GiftPlanLeft(plan_id=plan.id, wish_id=one.wish_id, position=at, reason=one.reason,
                     helps=one.helps, by=one.by, gift_id=one.gift_id)
        for at, one in enumerate(found.left)
    )  # fmt: skip
    gift_of, wish_of = {one.id: one for one in gifts}, {one.id: one for one in wishes}
    relations.look(((gift_of[o.gift_id], wish_of[o.wish_id]) for o in found.lines), by=by)
    audit.record(Act.gift_plan_made, plan, by=by, lines=len(found.lines), left=len(found.left))
    return plan


def settle(plan: GiftPlan, lines: Sequence[GiftPlanLine], evidence: str, *, by: Actor) -> Decided:
    """Give what is ticked of a proposal, as one decision with one evidence. Each line is asked the
    stated rules once more: what is gone is left out, what is tied waits. Refuses when nothing is
    left, and a proposal that a newer one has set aside."""
    db.lock(GiftPlan, plan.id)
    if plan.state is not PlanState.open:
        raise Refusal(DecidingRefusal.plan_over)
    if not evidence.strip():
        raise Refusal(GiftRefusal.evidence_missing, "evidence")
    wanted = [(line, Wanted(line.gift, line.wish, line.amount)) for line in lines]
    good, gone, tied, stocks = sift(wanted, by=by)
    if not good:
        raise Refusal(DecidingRefusal.related if tied else DecidingRefusal.none_left, "lines")
    decision, parts = decide([one for _line, one in good], stocks, evidence, by=by)
    for (line, _wanted), part in zip(good, parts, strict=True):
        line.state, line.allotment_id = LineState.taken, part.id
    for line in gone:
        line.state = LineState.left_out
    audit.record(Act.gift_plan_decided, plan, by=by, taken=len(good), left=len(gone))
    return Decided(decision, len(good), len(gone), tied)
