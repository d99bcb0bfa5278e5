"""What waits in the quarterly review: a village's files, a township's, the county's sign-offs."""

from __future__ import annotations

from collections.abc import Iterator

from jiedui.access.rules import Actor, Role
from jiedui.care.models.reviews import Review
from jiedui.care.queries import reviews, standings
from jiedui.care.rules.quarters import Due
from jiedui.core import clock
from jiedui.desk.rules import Kind, Line


def waiting(actor: Actor) -> Iterator[Line]:
    """A line a quarter: files without an answer; when a township has none, its sign-off; for the
    county the townships that have not signed off, from ten days before the end."""
    open_ = reviews.waiting_reviews(actor)
    if actor.role is Role.coordinator:
        yield from _county(open_)
        return
    for review in open_:
        village = actor.holding.region_id if actor.holding else 0
        mine = actor.role is Role.child_director
        rows = standings.of_review(review, village if mine else None)
        left = standings.sum_of(rows).left
        if left:
            yield _line(Kind.review, review, left)
        elif not mine:
            yield _line(Kind.sign_off, review, 1)


def _county(open_: list[Review]) -> Iterator[Line]:
    late = [one for one in open_ if one.quarter.due(clock.today()) is not Due.running]
    for quarter in sorted({one.quarter for one in late}):
        same = [one for one in late if one.quarter == quarter]
        yield _line(Kind.sign_off, same[0], len(same))


def _line(kind: Kind, review: Review, count: int) -> Line:
    return Line(
        kind,
        "care.reviews",
        {"quarter": review.quarter.key},
        count=count,
        since=clock.local(review.opened_at).date(),
        due=review.quarter.last,
    )
