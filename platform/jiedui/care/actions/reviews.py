"""A township's quarterly review is opened, its files are confirmed or closed, it is signed off and
frozen; what proves wrong later is noted beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from jiedui.access.rules import Actor
from jiedui.care.models.reviews import Review, ReviewCorrection, ReviewFile
from jiedui.care.queries import reviews, standings, statement
from jiedui.care.queries.standings import Standing
from jiedui.care.rules.quarters import Quarter
from jiedui.care.rules.reviews import (
    REVIEW_MOVES,
    Answered,
    ReviewRefusal,
    ReviewState,
    confirm_fault,
    sign_fault,
)
from jiedui.children import actions as children
from jiedui.children.rules import CloseReason
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.regions.models import Region

NAMED_MOST = 12  # so many files without an answer are named; more are counted


def open_review(township: Region, quarter: Quarter, *, by: By) -> Review:
    """Open a township's review of a quarter if it is not open yet, and put in the files that are
    not in it yet. What is signed off stays as it is."""
    review = reviews.of_township(township.id, quarter)
    if review is None:
        review = Review(
            county_id=township.county_id,
            township=township,
            year=quarter.year,
            number=quarter.number,
            state=ReviewState.open,
            opened_at=clock.now(),
        )
        db.session.add(review)
        audit.record(Act.review_opened, review, by=by, quarter=quarter.key)
    if review.state is ReviewState.open:
        _put_in(review)
    return review


def _put_in(review: Review) -> None:
    db.session.flush()
    for child in reviews.missing_children(review):
        one = ReviewFile(
            county_id=review.county_id,
            review_id=review.id,
            review_state=ReviewState.open,
            child_id=child.id,
            village_id=child.village_id,
            added_at=clock.now(),
        )
        db.session.add(one)
    db.session.flush()


def _locked(review: Review) -> Review:
    """The review, held to the end of the act. Refuses one that is signed off."""
    found = db.lock(Review, review.id)
    if found is None or found.state is ReviewState.signed:
        raise Refusal(ReviewRefusal.signed_already)
    return found


def confirm(file: ReviewFile, *, by: By, past_id: int | None = None) -> None:
    """Somebody says that a file is right as it stands. `past_id` is the state of the file that the
    page showed: an older one is stale. Refuses what is answered or signed off, and who is 18."""
    _locked(file.review)
    now = standings.of_file(file)
    fresh(now.past_id, past_id)
    fault = confirm_fault(now.facts, file.review.quarter, clock.today())
    if fault is not None:
        raise Refusal(fault)
    _confirm(now, by, at_once=False)


def confirm_several(
    review: Review, village_id: int, chosen: Collection[int], *, by: By
) -> tuple[int, int]:
    """Confirm ticked files of a village in one act, by number: what has not changed and asks for
    no decision. It is kept which of them somebody had seen in the quarter. Returns how many are
    confirmed and how many were left out, because something has happened to them meanwhile.
    Refuses when none is ticked."""
    _locked(review)
    if not chosen:
        raise Refusal(ReviewRefusal.nothing_ticked)
    known = [s for s in standings.of_review(review, village_id) if s.file.id in chosen]
    good = [standing for standing in known if standing.waits and not standing.proposals]
    for standing in good:
        _confirm(standing, by, at_once=standing.together)
    return len(good), len(chosen) - len(good)


def _confirm(standing: Standing, by: By, *, at_once: bool) -> None:
    file = standing.file
    file.answer, file.answered_at = Answered.confirmed, clock.now()
    file.answered_by, file.at_once = by.account_id, at_once
    quarter = file.review.quarter.key
    audit.record(Act.review_confirmed, file.child, by=by, quarter=quarter, at_once=at_once)


def close_file(
    file: ReviewFile, reason: CloseReason, *, by: By, past_id: int | None = None
) -> None:
    """The child leaves the ledger, for a reason; that answers the file. Refuses in a review that
    is signed off, an older page, and as children.close_child does."""
    _locked(file.review)
    fresh(standings.of_file(file).past_id, past_id)
    children.close_child(file.child, reason, by=by)


def sign(review: Review, *, by: Actor, version: int | None = None) -> None:
    """The supervisor signs the review off: every file keeps its answer, the figures are counted
    and stored; nothing changes them any more. Refuses while a file has no answer (the first ones
    are named by number), a second time, and an older page."""
    found = db.lock(Review, review.id) or review
    fresh(found.version, version)
    if found.state is ReviewState.open:
        _put_in(found)
    rows = [] if found.state is ReviewState.signed else standings.of_review(found)
    unanswered = [one.child.code for one in rows if one.waits]
    fault = sign_fault(found.state, unanswered)
    if fault is not None:
        raise Refusal(fault, files=", ".join(unanswered[:NAMED_MOST]), number=len(unanswered))
    REVIEW_MOVES.require(found.state, ReviewState.signed)
    _freeze(found, rows)
    found.state, found.signed_at, found.signed_by = ReviewState.signed, clock.now(), by.account_id
    audit.record(Act.review_signed, found, by=by, quarter=found.quarter.key)
    db.session.flush()
    db.session.expire_all()  # the database has told every file that its review is signed


def _freeze(review: Review, rows: Iterable[Standing]) -> None:
    known = list(rows)
    for standing in known:
        _freeze_file(standing)
    db.session.flush()
    counted = statement.count(review)
    review.figures = counted.figures
    review.counted_from, review.counted_until = counted.starts, counted.until


def _freeze_file(standing: Standing) -> None:
    file, change = standing.file, standing.change
    file.village_id = standing.village.id
    if standing.answer is Answered.confirmed:
        return
    file.answer, file.at_once = standing.answer, False
    file.answered_at = change.at if change else clock.now()
    file.answered_by = change.by_account if change else None
    if standing.answer is Answered.closed:
        file.close_reason = standing.child.close_reason


def correct(review: Review, text: str, *, by: Actor) -> ReviewCorrection:
    """Note what is wrong in a review that is signed off; answers and figures stay. Refuses one
    that is not signed."""
    if review.state is not ReviewState.signed:
        raise Refusal(ReviewRefusal.not_signed)
    note = ReviewCorrection(
        county_id=review.county_id, text=text, at=clock.now(), by_account=by.account_id
    )
    review.corrections.append(note)
    audit.record(Act.review_corrected, review, by=by)
    return note
