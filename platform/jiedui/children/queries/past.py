"""Files as they were: every kept state, and one of them; and whose categories a day may change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from jiedui.children.models import CategoryPaper, Child, ChildCategory, FilePast
from jiedui.children.queries.ledger import whole
from jiedui.children.rules import (
    Basis,
    Category,
    ChildState,
    CloseReason,
    Disability,
    Income,
    Known,
    Relation,
    RiskLevel,
    SchoolStage,
    Unable,
)
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.core.resident_id import Sex
from jiedui.regions.models import Region

PART = 200


@dataclass(frozen=True)
class PastState:
    """When a state began, and by whose change."""

    id: int
    at: datetime
    by_account: int | None


def past_states(child: Child) -> list[PastState]:
    """The states a file has had, newest first; nothing is opened."""
    found = select(FilePast.id, FilePast.at, FilePast.by_account).where(
        FilePast.child_id == child.id
    )
    rows = db.session.execute(found.order_by(FilePast.at.desc(), FilePast.id.desc()))
    return [PastState(*row) for row in rows]


def past_state(child: Child, past_id: int) -> dict[str, Any]:
    """Every fact of a file as it was; raise Missing for another file's."""
    found = select(FilePast).where(FilePast.id == past_id, FilePast.child_id == child.id)
    one = db.session.scalar(found)
    if one is None:
        raise Missing
    facts = _read(one.facts)
    facts["categories"] = {Category(c): Basis(b) for c, b in facts["categories"].items()}
    facts["grown_ups"] = [_read(grown_up) for grown_up in facts["grown_ups"]]
    facts["village"] = db.session.get_one(Region, facts["village"])
    return facts


KINDS: dict[str, Callable[[Any], Any]] = {
    "sex": Sex,
    "school_stage": SchoolStage,
    "risk": RiskLevel,
    "state": ChildState,
    "close_reason": CloseReason,
    "disability": Disability,
    "income": Income,
    "plan": Known,
    "national": Known,
    "relation": Relation,
    "unable": Unable,
    **dict.fromkeys(("birth_date", "away_since", "unable_since"), date.fromisoformat),
}


def _read(facts: dict[str, Any]) -> dict[str, Any]:
    return {n: v if v is None or n not in KINDS else KINDS[n](v) for n, v in facts.items()}


def category(category_id: int) -> ChildCategory:
    """A category a child is or was in; raise Missing."""
    found = db.session.get(ChildCategory, category_id)
    if found is None:
        raise Missing
    return found


def paper(paper_id: int) -> CategoryPaper:
    """A kept photo of what a category rests on; raise Missing."""
    found = db.session.get(CategoryPaper, paper_id)
    if found is None:
        raise Missing
    return found


def to_settle(county_id: int) -> Iterator[list[int]]:
    """The ids of a county's open files, in parts that one short transaction can look through."""
    found = select(Child.id).where(Child.county_id == county_id, Child.state == ChildState.open)
    ids = list(db.session.scalars(found.order_by(Child.id)))
    for start in range(0, len(ids), PART):
        yield ids[start : start + PART]


def several(ids: list[int]) -> list[Child]:
    """These children, whole, by id."""
    found = whole(select(Child).where(Child.id.in_(ids))).order_by(Child.id)
    return list(db.session.scalars(found))
