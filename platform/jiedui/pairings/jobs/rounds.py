"""The worker's part of rounds and rankings: read, solve without a transaction, save in one."""

from __future__ import annotations

import time

from jiedui.core import db, jobs
from jiedui.core.jobs import Job, Timer
from jiedui.pairings import candidates
from jiedui.pairings.actions import rankings, rounds
from jiedui.pairings.queries import rankings as asked
from jiedui.pairings.queries import rounds as known
from jiedui.pairings.rules.reasons import Step
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting

TIMER = "round.timer"


@jobs.handles(TIMER, Timer(TIMER, minute="0", hour="6", weekday="1"))
def timer_round(_job_id: int, county: int) -> None:
    """Monday 06:00: a round of the whole county, where the county wants it."""
    with db.write():
        if regions.setting(county, Setting.timer_round):
            rounds.start_by_timer(regions.get(county))


@jobs.handles(rounds.JOB)
def solve_round(job_id: int, round_id: int) -> None:
    """Make a draft. A round that cannot be made shows as failed once the tries are used up."""
    try:
        _solve(job_id, round_id)
    except Exception:
        with db.write():
            if db.session.get_one(Job, job_id).tries >= jobs.TRIES:
                rounds.fail(round_id, job_id)
        raise


def _solve(job_id: int, round_id: int) -> None:
    with db.write():
        if not rounds.begin(round_id, job_id):
            return
    steps = len(Step)
    jobs.progress(job_id, Step.reading, 0, steps)
    started = time.perf_counter()
    with db.read():
        round_ = known.get(round_id)
        snapshot = candidates.of_round(round_, known.pins(round_))
    loaded = time.perf_counter() - started
    jobs.progress(job_id, Step.solving, 1, steps)
    outcome = candidates.solve(snapshot)
    jobs.progress(job_id, Step.saving, 2, steps)
    with db.write():
        rounds.save(round_id, job_id, outcome, loaded)
    jobs.progress(job_id, Step.saving, steps, steps)


@jobs.handles(rankings.JOB)
def answer_ranking(job_id: int, ranking_id: int) -> None:
    """Answer one person's question: who could help here, or whom this helper could help."""
    jobs.progress(job_id, Step.reading, 0, len(Step))
    with db.read():
        one = asked.get(ranking_id)
        if one.answer is not None:
            return
        snapshot = candidates.question(one.need, one.helper)
        need_id, helper_id = one.need_id, one.helper_id
    jobs.progress(job_id, Step.solving, 1, len(Step))
    found = candidates.answer(snapshot, need_id=need_id, helper_id=helper_id)
    jobs.progress(job_id, Step.saving, 2, len(Step))
    with db.write():
        rankings.keep(ranking_id, found)
