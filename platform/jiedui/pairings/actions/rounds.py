"""A round from its start to its draft: started, claimed, solved by a worker, saved in one write."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import delete, or_, select

from jiedui.access import queries as accounts
from jiedui.access.rules import Role
from jiedui.core import audit, clock, db, jobs, outbox
from jiedui.core.actors import SYSTEM, By
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.pairings.actions import claims
from jiedui.pairings.candidates import Outcome, Suggested
from jiedui.pairings.models import MissingDatum, Round, RoundClaim, Suggestion, Unmet
from jiedui.pairings.queries import rounds
from jiedui.pairings.rules.rounds import (
    MATCHING_OFFICES,
    ROUND_MOVES,
    RoundKind,
    RoundRefusal,
    RoundState,
    SuggestionState,
    has_human_hand,
)
from jiedui.regions.models import Region

JOB = "round.solve"
CHANGES = "round.changes.left"


def held(round_id: int) -> Round:
    """The round, locked for this act."""
    db.session.flush()  # what this act has changed already must not be read over
    round_ = db.lock(Round, round_id)
    if round_ is None:
        raise Missing
    return round_


def move(round_: Round, new: RoundState) -> None:
    """Let a round become what may follow."""
    ROUND_MOVES.require(round_.state, new)
    round_.state = new


def note(round_: Round, **figures: Any) -> None:
    """Keep more figures of a round; also makes it a newer version, so that stale pages see it."""
    round_.figures = {**(round_.figures or {}), **figures}


def start(region: Region, *, by: By, kind: RoundKind = RoundKind.by_hand) -> Round:
    """Start a round of a county or a township: a worker makes the draft. Refuses a second open
    list of the same area."""
    county_id = region.county_id or region.id
    db.lock(Region, county_id)
    if rounds.open_for(region.id) is not None:
        raise Refusal(RoundRefusal.round_open, "region")
    round_ = Round(
        county_id=county_id,
        region=region,
        kind=kind,
        started_by=by.account_id if kind is RoundKind.by_hand else None,
        started_at=clock.now(),
        state=RoundState.queued,
    )
    db.session.add(round_)
    audit.record(Act.round_started, round_, by=by)
    _ask(round_, by)
    return round_


def _ask(round_: Round, by: By) -> None:
    db.session.flush()  # the job speaks of the round by its id
    round_.job = jobs.ask(JOB, by=by, county_id=round_.county_id, round_id=round_.id)


def start_by_timer(county: Region) -> Round | None:
    """The calendar's round: a new one; or, where its last draft has not been touched by anybody
    or did not work, that one afresh. Does nothing twice a day, or over an open list of a person."""
    db.lock(Region, county.id)
    if rounds.timer_round_of(county.id, clock.today()) is not None:
        return None
    standing = rounds.open_for(county.id)
    if standing is None:
        return start(county, by=SYSTEM, kind=RoundKind.timer)
    if standing.kind is not RoundKind.timer or touched(standing):
        return None
    if standing.state not in (RoundState.draft, RoundState.failed):
        return None
    _once_more(standing, SYSTEM)
    return standing


def touched(round_: Round) -> bool:
    """Whether a person has already worked on a draft."""
    rows = select(Suggestion.state, Suggestion.made_by, Suggestion.changed_by)
    found = db.session.execute(rows.where(Suggestion.round_id == round_.id)).all()
    return has_human_hand({row[0] for row in found}, (hand for row in found for hand in row[1:]))


def again(round_id: int, *, by: By, version: int | None = None) -> Round:
    """Make the list once more: what was settled stays, what was taken out does not come back.
    It counts as started by this person from now on, also where the timer had started it."""
    round_ = held(round_id)
    fresh(round_.version, version)
    open_now = round_.state in (RoundState.draft, RoundState.failed)
    if round_.state is RoundState.publishing or not (open_now or stuck(round_)):
        raise Refusal(RoundRefusal.round_not_draft)
    round_.kind, round_.started_by = RoundKind.by_hand, by.account_id
    _once_more(round_, by)
    return round_


def stuck(round_: Round) -> bool:
    """Whether the worker has given a round up without a word (it was killed too often)."""
    at_work = round_.state in (RoundState.queued, RoundState.solving, RoundState.publishing)
    return at_work and round_.job is not None and round_.job.state is jobs.JobState.failed


def _once_more(round_: Round, by: By) -> None:
    if round_.state is RoundState.solving or round_.state is RoundState.queued:
        move(round_, RoundState.failed)
    move(round_, RoundState.queued)
    round_.started_at = clock.now()
    audit.record(Act.round_started, round_, by=by)
    _ask(round_, by)


def begin(round_id: int, job_id: int) -> bool:
    """The worker begins: the round claims its needs and helpers. False when this job has nothing
    to do (any more)."""
    round_ = held(round_id)
    if round_.job_id != job_id or round_.state not in (RoundState.queued, RoundState.solving):
        return False
    if round_.state is RoundState.queued:
        move(round_, RoundState.solving)
    claims.release(round_)
    for one in rounds.standing(round_):
        if one.state is SuggestionState.pinned:
            claims.add(round_, "need", one.need_id, RoundRefusal.need_in_other_list)
            claims.add(round_, "helper", one.helper_id, RoundRefusal.helper_in_other_list)
    claims.take(round_)
    return True


def save(round_id: int, job_id: int, outcome: Outcome, load_seconds: float) -> None:
    """Write the draft in one piece: pins keep their place, all else is new. Does nothing when the
    draft of this job has been written already."""
    started = time.perf_counter()
    round_ = held(round_id)
    if round_.job_id != job_id or round_.state is not RoundState.solving:
        return
    pins = {(p.need_id, p.helper_id): p for p in rounds.standing(round_) if _pinned(p)}
    _clear(round_)
    for pair in outcome.pairs:
        _write(round_, pair, pins.pop((pair.need_id, pair.helper_id), None))
    for lost in pins.values():  # closed or no longer possible: the page names it
        db.session.delete(lost)
    db.session.add_all(
        Unmet(
            round_id=round_id, need_id=u.need_id, barriers=u.barriers, change=u.change, ways=u.ways
        )
        for u in outcome.unmet
    )
    _note_missing(round_, outcome)
    round_.solver, round_.scoring_id = outcome.solver, outcome.scoring_id
    move(round_, RoundState.draft)
    db.session.flush()
    seconds = {"load": round(load_seconds, 4), **outcome.figures["seconds"]}
    seconds["save"] = round(time.perf_counter() - started, 4)
    why = {(need, helper): codes for need, helper, codes in outcome.figures["refused_pins"]}
    lost_pins = [[need, helper, why.get((need, helper), [])] for need, helper in pins]
    round_.figures = {**outcome.figures, "seconds": seconds, "lost_pins": lost_pins}
    audit.record(Act.round_solved, round_, by=SYSTEM)
    _tell(round_, LetterKind.round_ready)


def _pinned(one: Suggestion) -> bool:
    return one.state is SuggestionState.pinned


def _clear(round_: Round) -> None:
    db.session.execute(
        delete(Suggestion).where(
            Suggestion.round_id == round_.id, Suggestion.state == SuggestionState.kept
        )
    )
    db.session.execute(delete(Unmet).where(Unmet.round_id == round_.id))


def _note_missing(round_: Round, outcome: Outcome) -> None:
    """What this list did not know takes the place of what was noted for its needs and helpers."""
    claimed = select(RoundClaim.object_id).where(RoundClaim.round_id == round_.id)
    mine = or_(
        MissingDatum.need_id.in_(claimed.where(RoundClaim.kind == "need")),
        MissingDatum.helper_id.in_(claimed.where(RoundClaim.kind == "helper")),
    )
    db.session.execute(delete(MissingDatum).where(mine))
    db.session.add_all(
        MissingDatum(county_id=round_.county_id, datum=datum, pairs=pairs, **{f"{side}_id": number})
        for side, number, datum, pairs in outcome.missing
    )


def _write(round_: Round, pair: Suggested, known: Suggestion | None) -> None:
    one = known or Suggestion(
        round_id=round_.id,
        need_id=pair.need_id,
        helper_id=pair.helper_id,
        state=SuggestionState.kept,
    )
    one.slot, one.score, one.km, one.minutes = pair.slot, pair.score, pair.km, pair.minutes
    one.reasons = pair.reasons
    db.session.add(one)


def look_for_changes(round_id: int) -> None:
    """Let a worker go on looking for the smallest changes of a draft, if some are left to try."""
    round_ = held(round_id)
    if round_.state is RoundState.draft and rounds.untried_ids(round_id):
        jobs.ask(CHANGES, by=SYSTEM, county_id=round_.county_id, round_id=round_id)


def keep_changes(round_id: int, changes: dict[int, dict[str, Any]]) -> None:
    """Store the smallest changes that were found for whoever is still left in a draft."""
    rows = select(Unmet).where(Unmet.round_id == round_id, Unmet.need_id.in_(changes))
    for one in db.session.scalars(rows):
        if not one.barriers["freed"]:
            one.change = changes[one.need_id]


def fail(round_id: int, job_id: int) -> None:
    """The worker could not make the draft: it shows, holds nobody, and can be started again."""
    round_ = held(round_id)
    if round_.job_id != job_id or round_.state not in (RoundState.queued, RoundState.solving):
        return
    move(round_, RoundState.failed)
    claims.release(round_)
    audit.record(Act.round_failed, round_, by=SYSTEM)
    _tell(round_, LetterKind.round_failed)


def drop(round_id: int, *, by: By, version: int | None = None) -> Round:
    """Give a list up: nobody of it is proposed, everybody is free for the next one. What was
    taken out with a reason stays out."""
    round_ = held(round_id)
    fresh(round_.version, version)
    if round_.state is RoundState.solving and not stuck(round_):
        raise Refusal(RoundRefusal.round_not_draft)
    if round_.state is RoundState.solving:
        move(round_, RoundState.failed)
    if not ROUND_MOVES.allows(round_.state, RoundState.dropped):
        raise Refusal(RoundRefusal.round_not_draft)
    move(round_, RoundState.dropped)
    claims.release(round_)
    audit.record(Act.round_dropped, round_, by=by)
    return round_


def _tell(round_: Round, kind: LetterKind) -> None:
    """Whoever started it; of the timer's round, the offices that pair in this region."""
    people: set[int | None] = {round_.started_by}
    if round_.kind is RoundKind.timer:
        found = accounts.holders(round_.county_id, Role.coordinator, region_path=round_.region.path)
        people = {h.account_id for h in found if h.office in MATCHING_OFFICES}
    for account_id in people:
        outbox.post(kind, to=account_id, county_id=round_.county_id, about=("round", round_.id))
