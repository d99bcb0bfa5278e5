"""The worker's part of rounds and rankings: read, solve without a transaction, save in one."""

from __future__ import annotations

import time

from jiedui.core import db, jobs
from jiedui.core.actors import Someone
from jiedui.core.jobs import Job, Timer
from jiedui.pairings import candidates
from jiedui.pairings.actions import publishing, rankings, rounds
from jiedui.pairings.queries import rankings as asked
from jiedui.pairings.queries import rounds as known
from jiedui.pairings.rules.reasons import Step
from jiedui.pairings.rules.rounds import RoundKind, RoundState
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting

TIMER = "round.timer"
CHANGES = "round.changes"
# Who starts a list by hand waits for it; the timer's list has half an hour before anybody comes.
# What is still to be tried then is tried in portions, so that other work comes in between.
WAITING_SECONDS, NIGHT_SECONDS, PORTION_SECONDS = 8.0, 120.0, 30.0


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
        seconds = WAITING_SECONDS if round_.kind is RoundKind.by_hand else 0.0
        snapshot = candidates.of_round(round_, known.pins(round_))
    loaded = time.perf_counter() - started
    jobs.progress(job_id, Step.solving, 1, steps)
    outcome = candidates.solve(snapshot, seconds)
    jobs.progress(job_id, Step.saving, 2, steps)
    with db.write():
        rounds.save(round_id, job_id, outcome, loaded)
        if seconds:
            rounds.look_for_changes(round_id)
    jobs.progress(job_id, Step.saving, steps, steps)


@jobs.handles(CHANGES, Timer(CHANGES, minute="30", hour="6", weekday="1"))
def try_changes(_job_id: int, county: int) -> None:
    """Monday 06:30: for whoever is left in the timer's draft, the smallest change that helps."""
    with db.read():
        drafts = [one.id for one in known.drafts_without_changes(county)]
    for round_id in drafts:
        _try_changes(round_id, NIGHT_SECONDS)


@jobs.handles(rounds.CHANGES)
def try_more_changes(_job_id: int, round_id: int) -> None:
    """One more portion of the smallest changes of a draft."""
    _try_changes(round_id, PORTION_SECONDS)


def _try_changes(round_id: int, seconds: float) -> None:
    """Try out what is left as far as the seconds reach; ask for one more portion if that got on."""
    with db.read():
        round_ = known.get(round_id)
        left = known.untried_ids(round_id)
        if round_.state is not RoundState.draft or not left:
            return
        snapshot = candidates.of_round(round_, known.pins(round_))
    found = candidates.smallest(snapshot, left, seconds)
    with db.write():
        rounds.keep_changes(round_id, found)
        if found:
            rounds.look_for_changes(round_id)


@jobs.handles(publishing.JOB)
def publish_round(job_id: int, round_id: int, **by: int | None) -> None:
    """Hand a list in, some pairs at a time, so that nobody else waits long."""
    done = 0
    while True:
        with db.write():
            going = publishing.hand_in_some(round_id, by=Someone("portal", **by))
        if not going:
            return
        done += publishing.AT_ONCE
        jobs.progress(job_id, Step.saving, done)


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
