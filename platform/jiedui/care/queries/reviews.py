"""Finding reviews and their files: by id, by quarter, within a reader's scope; and who is asked
for what is not known here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.care.models.reviews import Review, ReviewFile
from jiedui.care.rules.quarters import Quarter, quarter_of
from jiedui.care.rules.reviews import ReviewState
from jiedui.children.models import Child
from jiedui.children.rules import ChildState
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Level


class Visited(StrEnum):
    """What visits and screenings of a time say of a household."""

    seen = "seen"
    moved = "moved"


# Of these households, the ones of which it was said between two days (both counted).
Teller = Callable[[date, date, Collection[int]], Collection[int]]
_tellers: dict[Visited, list[Teller]] = {kind: [] for kind in Visited}


def tells(kind: Visited, teller: Teller) -> None:
    """Name a query of another subject that knows of households."""
    if teller not in _tellers[kind]:
        _tellers[kind].append(teller)


def said_of(kind: Visited, quarter: Quarter, households: Collection[int]) -> set[int]:
    """The households of which it was said in a quarter."""
    found: set[int] = set()
    for teller in _tellers[kind]:
        found.update(teller(quarter.first, quarter.last, households))
    return found


@dataclass(frozen=True)
class VillageReview:
    """A review as one village sees it."""

    review: Review
    village: Region

    @property
    def scope_path(self) -> str:
        """The village."""
        return self.village.path

    @property
    def county_id(self) -> int:
        """The county."""
        return self.review.county_id


def _whole(found: Select[Any]) -> Select[Any]:
    return found.options(joinedload(Review.township))


def get(review_id: int) -> Review:
    """The review with this id; raise Missing."""
    found: Review | None = db.session.scalar(_whole(select(Review).where(Review.id == review_id)))
    if found is None:
        raise Missing
    return found


def of_village(review_id: int, village_id: int) -> VillageReview:
    """A review and one of its township's villages; raise Missing."""
    review = get(review_id)
    village = regions.village(village_id, review.township.path)
    if village is None:
        raise Missing
    return VillageReview(review, village)


def file(file_id: int) -> ReviewFile:
    """A file in a review; raise Missing."""
    found = select(ReviewFile).where(ReviewFile.id == file_id)
    home = joinedload(ReviewFile.review).joinedload(Review.township)
    where = joinedload(ReviewFile.village).joinedload(Region.parent)
    lives = joinedload(ReviewFile.child).joinedload(Child.village)
    one = db.session.scalar(found.options(home, where, lives))
    if one is None:
        raise Missing
    return one


def of_township(township_id: int, quarter: Quarter) -> Review | None:
    """The review of a township and quarter."""
    same = (Review.year == quarter.year, Review.number == quarter.number)
    found = select(Review).where(Review.township_id == township_id, *same)
    one: Review | None = db.session.scalar(_whole(found))
    return one


def of_quarter(path: str, quarter: Quarter) -> list[Review]:
    """The reviews of a quarter in a region, by the township's code."""
    found = select(Review).join(Region, Region.id == Review.township_id)
    found = found.where(
        Review.year == quarter.year, Review.number == quarter.number, regions.in_scope(path)
    )
    return list(db.session.scalars(_whole(found.order_by(Region.code))))


def quarters(path: str) -> list[Quarter]:
    """The quarters of which a region has reviews, newest first."""
    found = select(Review.year, Review.number).join(Region, Region.id == Review.township_id)
    rows = db.session.execute(found.where(regions.in_scope(path)).distinct())
    return sorted((Quarter(*row) for row in rows), reverse=True)


def township_of(actor: Actor) -> Region | None:
    """The township a local reader belongs to: a supervisor's own, a director's village's."""
    if actor.holding is None:
        return None
    region = regions.get(actor.holding.region_id)
    if region.level is Level.village and region.parent_id is not None:
        return regions.get(region.parent_id)
    return region if region.level is Level.township else None


def waiting_reviews(actor: Actor) -> list[Review]:
    """Reviews of a scope that nobody has signed off, oldest first: this quarter's and what is
    overdue."""
    local = township_of(actor)
    path = local.path if local is not None else actor.scope
    found = select(Review).join(Region, Region.id == Review.township_id)
    found = found.where(Review.state == ReviewState.open, regions.in_scope(path))
    found = found.order_by(Review.year, Review.number, Region.code)
    return list(db.session.scalars(_whole(found)))


def missed_among(ids: Collection[int], today: date) -> set[int]:
    """Of these children those whose file a review of a quarter that is over has not answered."""
    now = quarter_of(today)
    over = or_(Review.year < now.year, (Review.year == now.year) & (Review.number < now.number))
    found = (
        select(ReviewFile.child_id)
        .join(Review, Review.id == ReviewFile.review_id)
        .where(ReviewFile.child_id.in_(list(ids)), ReviewFile.answer.is_(None))
        .where(Review.state == ReviewState.open, over)
    )
    return set(db.session.scalars(found))


def missing_children(review: Review) -> list[Child]:
    """Children who belong into a review and are not in it yet: every open file of the township,
    and what was opened in the quarter even if it is closed again."""
    began = clock.at(review.quarter.first)
    known = select(ReviewFile.child_id).where(ReviewFile.review_id == review.id)
    wanted = or_(Child.state == ChildState.open, Child.entered_at >= began)
    found = select(Child).where(
        Child.village_id.in_(regions.ids_within(review.township.path)),
        Child.entered_at < clock.at(review.quarter.after.first),
        Child.id.not_in(known),
        wanted,
    )
    return list(db.session.scalars(found.order_by(Child.id)))


def current() -> Quarter:
    """The quarter that runs."""
    return quarter_of(clock.today())
