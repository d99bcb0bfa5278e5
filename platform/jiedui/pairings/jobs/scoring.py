"""The worker's part of learning: read, learn without a transaction, keep in one."""

from __future__ import annotations

from jiedui.core import db, jobs
from jiedui.core.jobs import Job
from jiedui.pairings import candidates
from jiedui.pairings.actions import scoring
from jiedui.pairings.queries import scoring as known
from jiedui.pairings.rules.scoring import ScoringState


@jobs.handles(scoring.JOB)
def learn(job_id: int, scoring_id: int) -> None:
    """Learn once. What cannot be learned shows as failed once the tries are used up."""
    try:
        _learn(scoring_id)
    except Exception:
        with db.write():
            if db.session.get_one(Job, job_id).tries >= jobs.TRIES:
                scoring.fail(scoring_id)
        raise


def _learn(scoring_id: int) -> None:
    with db.read():
        one = known.get(scoring_id)
        if one.state is not ScoringState.learning:
            return
        read = candidates.lessons(one.county_id)
    found = candidates.taught(read)
    with db.write():
        scoring.keep(scoring_id, found)
