"""The quarter's figures: counted for a sign-off, read from sign-offs, or as they are now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.care.models.reviews import Review, ReviewFile
from jiedui.care.queries import reviews
from jiedui.care.rules.quarters import Quarter
from jiedui.care.rules.reviews import ReviewState
from jiedui.care.rules.statement import Counted, Figures, Held, flow, stock, summed
from jiedui.children.models import Child, FilePast, Guardian, Household
from jiedui.children.queries import explained
from jiedui.children.rules import Category, ChildState, CloseReason
from jiedui.core import clock, db
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Level


@dataclass(frozen=True)
class Count:
    """Figures of a township, and the instants between which who entered and left was counted."""

    figures: dict[str, int]
    starts: datetime
    until: datetime


@dataclass(frozen=True)
class Part:
    """A township's part of a statement: its review, if there is one, and its figures once they
    are signed off."""

    township: Region
    review: Review | None
    figures: Figures | None


@dataclass(frozen=True)
class Statement:
    """The figures of a quarter for a township or a county: `parts` by code, `total` their sum.
    `quarter` None: as it is now. `ready` is the first day on which it is there."""

    region: Region
    quarter: Quarter | None
    parts: list[Part]
    total: Figures
    ready: date | None

    @property
    def missing(self) -> list[Region]:
        """Townships that have not signed off."""
        return [part.township for part in self.parts if part.figures is None]

    @property
    def whole_county(self) -> bool:
        """Whether it is of a county."""
        return self.region.level is Level.county


def ready_on(quarter: Quarter) -> date:
    """The first working day after a quarter, by the calendar of public holidays."""
    return clock.working_days_after(quarter.last, 1)


def of_quarter(region: Region, quarter: Quarter) -> Statement:
    """What was signed off, added up. Before its day it has no figures yet."""
    day = ready_on(quarter)
    there = clock.today() >= day
    found = {one.township_id: one for one in reviews.of_quarter(region.path, quarter)}
    parts = [_part(one, found.get(one.id), there) for one in regions.townships(region.path)]
    total = summed(part.figures for part in parts if part.figures is not None)
    return Statement(region, quarter, parts, total, day)


def _part(township: Region, review: Review | None, there: bool) -> Part:
    signed = review is not None and review.state is ReviewState.signed and there
    return Part(township, review, review.figures if signed and review is not None else None)


def now(region: Region) -> Statement:
    """Who is on file today; who enters and leaves is counted by quarters only."""
    parts = []
    for township in regions.townships(region.path):
        inside = Child.village_id.in_(regions.ids_within(township.path))
        files = _files(select(Child).where(inside, Child.state == ChildState.open))
        parts.append(Part(township, None, stock(_counted(files), clock.today())))
    return Statement(region, None, parts, summed(p.figures or {} for p in parts), None)


def count(review: Review) -> Count:
    """The figures of a review that is about to be signed off. Who is on file: on the quarter's
    last day, or now if that is earlier; with the facts as they stand now. Who entered and left:
    since the last sign-off that counted, or since the quarter's first day."""
    quarter, last = review.quarter, clock.at(review.quarter.after.first)
    until = min(clock.now(), last)
    starts = _counted_until(review) or clock.at(quarter.first)
    children = _children_of(review)
    ids = [child.id for child in children]
    before, after = _held(children, ids, starts), _held(children, ids, until)
    here = review.township_id
    stay = {i for i, held in after.items() if held and held.open and held.township_id == here}
    figures = stock(
        _counted(child for child in children if child.id in stay),
        min(clock.today(), quarter.last),
    )
    figures.update(flow(((before[i], after[i]) for i in ids), here))
    figures.update(_reviewed(review, last))
    return Count(dict(sorted(figures.items())), starts, until)


def _reviewed(review: Review, last: datetime) -> dict[str, int]:
    found = select(ReviewFile.answered_at).where(ReviewFile.review_id == review.id)
    times = list(db.session.scalars(found))
    on_time = sum(one is not None and one < last for one in times)
    return {"reviewed": len(times), "reviewed:on time": on_time}


def _counted_until(review: Review) -> datetime | None:
    """Until when the quarter before was counted."""
    before = reviews.of_township(review.township_id, review.quarter.before)
    return before.counted_until if before is not None else None


def _children_of(review: Review) -> list[Child]:
    """Everybody who lives in the township or was in its last two reviews, open or not."""
    before = reviews.of_township(review.township_id, review.quarter.before)
    rounds = [one.id for one in (review, before) if one is not None]
    reviewed = select(ReviewFile.child_id).where(ReviewFile.review_id.in_(rounds))
    inside = Child.village_id.in_(regions.ids_within(review.township.path))
    return _files(select(Child).where(or_(inside, Child.id.in_(reviewed))))


def _files(found: Any) -> list[Child]:
    facts = (
        Guardian.household_id,
        Guardian.relation,
        Guardian.away,
        Guardian.away_since,
        Guardian.beyond_county,
        Guardian.unable,
        Guardian.unable_since,
        Guardian.is_carer,
    )
    home = joinedload(Child.household).selectinload(Household.guardians).load_only(*facts)
    return list(
        db.session.scalars(
            found.options(
                joinedload(Child.village),
                joinedload(Child.detail),
                selectinload(Child.categories),
                home,
            ).order_by(Child.id)
        )
    )


def _counted(children: Iterable[Child]) -> list[Counted]:
    today = clock.today()
    found = []
    for child in children:
        why, national = explained(child, today)
        found.append(
            Counted(
                plan=why[Category.left_behind],
                national=national,
                living=child.living_categories,
                birth_date=child.birth_date,
                sex=child.sex,
                stage=child.school_stage,
                risk=child.risk,
                carers=frozenset(
                    g.relation for g in child.household.guardians if g.is_carer and not g.away
                ),
            )
        )
    return found


def _held(children: Iterable[Child], ids: Collection[int], at: datetime) -> dict[int, Held | None]:
    """Where each file stood at an instant: by its kept states, or as it is where none was kept
    by then. None: not opened yet."""
    mine = FilePast.child_id.in_(ids)
    last = select(func.max(FilePast.id)).where(mine, FilePast.at <= at).group_by(FilePast.child_id)
    found = db.session.scalars(select(FilePast).where(FilePast.id.in_(last)))
    then = {past.child_id: past.facts for past in found}
    kept = set(db.session.scalars(select(FilePast.child_id).where(mine).distinct()))
    towns = {
        i: parent or 0 for i, parent in db.session.execute(select(Region.id, Region.parent_id))
    }
    held: dict[int, Held | None] = {}
    for child in children:
        facts = then.get(child.id)
        if child.entered_at > at:
            held[child.id] = None
        elif facts is None:
            # Files of an older version have kept states from their first change on only.
            closed = child.id not in kept and child.state is ChildState.closed
            reason = child.close_reason if closed else None
            held[child.id] = Held(not closed, towns[child.village_id], reason)
        else:
            held[child.id] = _as_kept(facts, towns)
    return held


def _as_kept(facts: dict[str, Any], towns: dict[int, int]) -> Held:
    reason = facts["close_reason"]
    return Held(
        facts["state"] == ChildState.open.value,
        towns[facts["village"]],
        CloseReason(reason) if reason else None,
    )
