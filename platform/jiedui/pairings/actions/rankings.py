"""One person's question, answered by a worker; and the cards a helper marks (愿意)."""

from __future__ import annotations

from typing import Any

from jiedui.core import audit, clock, db, jobs
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.pairings.candidates import judge
from jiedui.pairings.models import Ranking, Willing
from jiedui.pairings.queries import rankings
from jiedui.pairings.rules.rounds import WILLING_MOST, RoundRefusal

JOB = "ranking.answer"


def ask(*, need: Need | None = None, helper: Helper | None = None, by: By) -> Ranking:
    """Ask who could help here, or whom a helper could help. A question that is being worked out
    already is not asked again."""
    about = need or helper
    if about is None or by.account_id is None:
        raise ValueError("a question has an asker, and a need or a helper")
    named = {"need_id": need.id if need else None, "helper_id": helper.id if helper else None}
    known = rankings.of_today(**named)
    if known is not None and rankings.runs(known):
        return known
    ranking = Ranking(
        county_id=about.county_id, asked_by=by.account_id, asked_at=clock.now(), **named
    )
    db.session.add(ranking)
    audit.record(Act.ranking_asked, ranking, by=by)
    db.session.flush()  # the job speaks of it by its id
    ranking.job = jobs.ask(JOB, by=by, county_id=about.county_id, ranking_id=ranking.id)
    return ranking


def keep(ranking_id: int, answer: dict[str, Any]) -> None:
    """Store the worker's answer, once."""
    ranking = db.lock(Ranking, ranking_id)
    if ranking is not None and ranking.answer is None:
        ranking.answer = answer


def mark_willing(helper: Helper, need: Need, *, by: By) -> Willing:
    """A cleared helper would like to help this child: the next list knows, nothing is promised.
    Refuses more than three, and a need that is not open or does not fit."""
    db.lock(Helper, helper.id)
    marked = rankings.marked_by(helper.id)
    for one in marked:
        if one.need_id == need.id:
            return one
    if not helpers.is_cleared(helper):
        raise Refusal(RoundRefusal.not_cleared)
    if sum(one.need.state is NeedState.open for one in marked) >= WILLING_MOST:
        raise Refusal(RoundRefusal.willing_three, most=WILLING_MOST)
    found = judge(need.county_id, [(need.id, helper.id)]).get((need.id, helper.id))
    if need.state is not NeedState.open or found is None or not found.possible:
        raise Refusal(RoundRefusal.does_not_fit)
    one = Willing(helper_id=helper.id, need_id=need.id, at=clock.now())
    db.session.add(one)
    audit.record(Act.willing_marked, helper, by=by, need=need.id, marked=True)
    return one


def take_back(helper: Helper, need_id: int, *, by: By) -> None:
    """A helper takes a mark back; nothing happens where there is none."""
    for one in rankings.marked_by(helper.id):
        if one.need_id == need_id:
            db.session.delete(one)
            audit.record(Act.willing_marked, helper, by=by, need=need_id, marked=False)
