"""Learned weights: ask a worker to learn, keep what it found, switch a version on and off."""

from __future__ import annotations

from jiedui.core import audit, clock, db, jobs
from jiedui.core.actors import SYSTEM, By
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal, fresh
from jiedui.pairings.candidates import Taught
from jiedui.pairings.models import ScoringVersion
from jiedui.pairings.queries import scoring
from jiedui.pairings.rules.scoring import (
    SCORING_MOVES,
    ScoringRefusal,
    ScoringState,
    may_be_on,
)
from jiedui.regions.models import Region

JOB = "scoring.learn"


def _held(scoring_id: int) -> ScoringVersion:
    """The version, locked for this act behind its county: one switch at a time."""
    db.lock(Region, scoring.get(scoring_id).county_id, referred=True)
    found = db.lock(ScoringVersion, scoring_id)
    if found is None:
        raise Missing
    return found


def _move(one: ScoringVersion, new: ScoringState) -> None:
    if not SCORING_MOVES.allows(one.state, new):
        raise Refusal(ScoringRefusal.wrong_state)
    one.state = new


def ask(county: Region, *, by: By) -> ScoringVersion:
    """Let a worker learn from the county's endings. Refuses while it is at it already."""
    db.lock(Region, county.id, referred=True)
    running = scoring.at_work(county.id)
    if running is not None and not stuck(running):
        raise Refusal(ScoringRefusal.runs)
    if running is not None:
        _move(running, ScoringState.failed)
    one = ScoringVersion(
        county_id=county.id,
        number=scoring.latest_number(county.id) + 1,
        state=ScoringState.learning,
        asked_by=by.account_id,
        asked_at=clock.now(),
    )
    db.session.add(one)
    audit.record(Act.scoring_asked, one, by=by)
    db.session.flush()  # the job speaks of it by its id
    one.job = jobs.ask(JOB, by=by, county_id=county.id, scoring_id=one.id)
    return one


def stuck(one: ScoringVersion) -> bool:
    """Whether the worker has given it up without a word (it was killed too often)."""
    at_work = one.state is ScoringState.learning
    return at_work and one.job is not None and one.job.state is jobs.JobState.failed


def keep(scoring_id: int, taught: Taught) -> None:
    """Store what was learned, once. It changes no list: a person may switch it on."""
    one = _held(scoring_id)
    if one.state is not ScoringState.learning:
        return
    one.verdict, one.figures, one.engine = taught.verdict, taught.figures, taught.engine
    _move(one, ScoringState.draft)
    audit.record(Act.scoring_learned, one, by=SYSTEM, verdict=taught.verdict)


def fail(scoring_id: int) -> None:
    """The worker could not learn: it shows, and can be asked again."""
    one = _held(scoring_id)
    if one.state is ScoringState.learning:
        _move(one, ScoringState.failed)
        audit.record(Act.scoring_failed, one, by=SYSTEM)


def switch_on(scoring_id: int, why: str, *, by: By, version: int | None = None) -> ScoringVersion:
    """From now on lists are made with these weights; the version before is retired. Refuses one
    that is not surely better than the county's own."""
    one = _held(scoring_id)
    fresh(one.version, version)
    fault = may_be_on(one.verdict)
    if fault is not None:
        raise Refusal(fault)
    before = scoring.active(one.county_id)
    if before is not None and before.id != one.id:
        _switch(before, ScoringState.retired, why, by)
        db.session.flush()  # at most one is active at any moment
    _switch(one, ScoringState.active, why, by)
    return one


def switch_off(scoring_id: int, why: str, *, by: By, version: int | None = None) -> ScoringVersion:
    """From now on the county's own weights count again."""
    one = _held(scoring_id)
    fresh(one.version, version)
    _switch(one, ScoringState.retired, why, by)
    return one


def _switch(one: ScoringVersion, new: ScoringState, why: str, by: By) -> None:
    _move(one, new)
    one.switched_by, one.switched_at, one.why = by.account_id, clock.now(), why
    audit.record(Act.scoring_switched, one, by=by, on=new is ScoringState.active)
