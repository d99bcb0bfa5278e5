"""How each file of a review stands now: what has happened to it in the quarter, whether it is
answered, and what is proposed. While a review is open nothing of this is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from jiedui.care.models.reviews import Review, ReviewFile
from jiedui.care.queries.reviews import Visited, said_of
from jiedui.care.rules.reviews import (
    Answered,
    FileFacts,
    Progress,
    Proposal,
    ReviewState,
    answer,
    progress,
    proposals,
    together,
)
from jiedui.children.models import Child, FilePast, Guardian, Household
from jiedui.children.queries import circumstances
from jiedui.children.rules import Category, ChildState
from jiedui.children.rules.circumstances import left_behind_plan
from jiedui.core import clock, db
from jiedui.regions.models import Region


@dataclass(frozen=True)
class Change:
    """When a person last changed a file since a quarter began, who, and which state of the file
    (a FilePast) that made."""

    at: datetime
    by_account: int | None


@dataclass(frozen=True)
class Standing:
    """One file of a review as it stands. `past_id` is the newest kept state of the file: what a
    page was made from."""

    file: ReviewFile
    facts: FileFacts
    answer: Answered | None
    proposals: tuple[Proposal, ...]
    together: bool
    change: Change | None
    past_id: int

    @property
    def child(self) -> Child:
        """Whose file it is."""
        return self.file.child

    @property
    def village(self) -> Region:
        """Where it is looked at."""
        signed = self.file.review_state is ReviewState.signed
        return self.file.village if signed or not self.facts.here else self.child.village

    @property
    def waits(self) -> bool:
        """Whether somebody must still look at it."""
        return self.answer is None


def of_review(review: Review, village_id: int | None = None) -> list[Standing]:
    """The files of a review by village and number; of one village if given."""
    found = select(ReviewFile).where(ReviewFile.review_id == review.id)
    if village_id is not None:  # a file is looked at where it was put in, or where the child lives
        lives = select(Child.id).where(Child.village_id == village_id)
        here = or_(ReviewFile.village_id == village_id, ReviewFile.child_id.in_(lives))
        found = found.where(here)
    rows = _standing(review, list(db.session.scalars(_lean(found))))
    kept = [one for one in rows if village_id is None or one.village.id == village_id]
    return sorted(kept, key=lambda one: (one.village.code, one.child.id))


def of_file(file: ReviewFile) -> Standing:
    """One file of a review."""
    found = select(ReviewFile).where(ReviewFile.id == file.id)
    return _standing(file.review, list(db.session.scalars(_lean(found))))[0]


def _lean(found: Any) -> Any:
    """Of each family only what the rules ask for: nothing sealed but names and numbers."""
    child = joinedload(ReviewFile.child)
    home = child.joinedload(Child.household)
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
    return found.options(
        joinedload(ReviewFile.village).joinedload(Region.parent),
        child.joinedload(Child.village).joinedload(Region.parent),
        child.joinedload(Child.detail),
        child.selectinload(Child.categories),
        home.selectinload(Household.guardians).load_only(*facts),
    )


def _standing(review: Review, files: Sequence[ReviewFile]) -> list[Standing]:
    quarter, today = review.quarter, clock.today()
    homes = {one.child.household_id for one in files}
    seen, moved = (said_of(kind, quarter, homes) for kind in (Visited.seen, Visited.moved))
    children = [one.child for one in files]
    changes, newest = changes_in(review, children), _newest(children)
    doubles = _doubles(review.county_id, children)
    found = []
    for file in files:
        change, home = changes.get(file.child_id), file.child.household_id
        facts = _facts(review, file, change, seen=home in seen, moved=home in moved,
                       double=file.child_id in doubles)  # fmt: skip
        signed = file.review_state is ReviewState.signed
        found.append(
            Standing(
                file=file,
                facts=facts,
                answer=file.answer if signed else answer(facts, quarter, today),
                proposals=() if signed else proposals(facts, quarter, today),
                together=not signed and together(facts, quarter, today),
                change=change,
                past_id=newest.get(file.child_id, 0),
            )
        )
    return found


def _facts(
    review: Review,
    file: ReviewFile,
    change: Change | None,
    *,
    seen: bool,
    moved: bool,
    double: bool,
) -> FileFacts:
    child = file.child
    plan = left_behind_plan(circumstances(child), clock.today())
    return FileFacts(
        birth_date=child.birth_date,
        plan=plan,
        living=child.living_categories,
        open=child.state is ChildState.open,
        here=child.village.path.startswith(review.township.path),
        changed_at=change.at if change else None,
        confirmed_at=file.answered_at if file.answer is Answered.confirmed else None,
        was_left_behind=any(c.category is Category.left_behind for c in child.categories),
        moved=moved,
        double=double,
        seen=seen,
        came=child.entered_at >= clock.at(review.quarter.first),
    )


def changes_in(review: Review, children: Sequence[Child]) -> dict[int, Change]:
    """The last change of each file by a person since the quarter began. The state with which a
    file was opened is no change; what a day changed by itself is none either."""
    began, kept = clock.at(review.quarter.first), defaultdict[int, list[Change]](list)
    found = select(FilePast.child_id, FilePast.at, FilePast.by_account).where(
        FilePast.child_id.in_([one.id for one in children]),
        FilePast.at >= began,
        FilePast.by_account.is_not(None),
    )
    for row in db.session.execute(found.order_by(FilePast.id)):
        kept[row.child_id].append(Change(row.at, row.by_account))
    opened = {one.id for one in children if one.entered_at >= began}
    return {i: last[-1] for i, last in kept.items() if len(last) > (i in opened)}


def _newest(children: Sequence[Child]) -> dict[int, int]:
    mine = FilePast.child_id.in_([one.id for one in children])
    found = select(FilePast.child_id, func.max(FilePast.id)).where(mine)
    rows = db.session.execute(found.group_by(FilePast.child_id))
    return {row[0]: row[1] for row in rows}


def _doubles(county_id: int, children: Sequence[Child]) -> set[int]:
    """Of these open files, the ones of whom another open file of the county has the same name,
    birth date and sex. Names lie sealed: only those born on the same days are opened."""
    found = select(Child.id, Child.name, Child.birth_date, Child.sex).where(
        Child.county_id == county_id,
        Child.state == ChildState.open,
        Child.birth_date.in_({one.birth_date for one in children}),
    )
    alike = defaultdict[tuple[object, ...], set[int]](set)
    for row in db.session.execute(found):
        alike[row.name, row.birth_date, row.sex].add(row.id)
    return {number for same in alike.values() if len(same) > 1 for number in same}


def by_village(rows: Sequence[Standing]) -> list[tuple[Region, Progress]]:
    """How far each village is, by code."""
    places: dict[int, Region] = {}
    files: dict[int, list[Standing]] = defaultdict(list)
    for one in rows:
        places[one.village.id] = one.village
        files[one.village.id].append(one)
    known = sorted(places.values(), key=lambda village: village.code)
    return [(village, sum_of(files[village.id])) for village in known]


def sum_of(rows: Sequence[Standing]) -> Progress:
    """How far all of these are."""
    return progress([(one.answer, bool(one.proposals)) for one in rows])
