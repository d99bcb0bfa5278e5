"""Which files may be of one child, and which were joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import or_, select

from jiedui.access.rules import Actor
from jiedui.children.models import Child, FileMerge, NotDouble
from jiedui.children.queries import names
from jiedui.children.queries.ledger import visible_to, whole
from jiedui.children.rules import ChildState, Likeness, Sketch, likeness
from jiedui.core import db
from jiedui.core.errors import Missing

PART = 400


@dataclass(frozen=True)
class Alike:
    """Two open files that may be of one child, the older first."""

    older: Child
    newer: Child
    likeness: frozenset[Likeness]


def sketch(child: Child) -> Sketch:
    """What of a file is compared."""
    grown_ups = frozenset(one.name for one in child.household.guardians)
    return Sketch(
        child.name, names.sound(child.name), child.birth_date, child.village_id, grown_ups
    )


def doubles(actor: Actor, limit: int = 50) -> list[Alike]:
    """Pairs of open files in scope that may be of one child and that nobody has looked at."""
    seen = _looked_at(actor.county_id)
    inside = select(Child.id).where(visible_to(actor), Child.state == ChildState.open)
    sounds = names.sounds(db.session.scalars(inside))
    alike = [ids for ids in sounds.values() if len(ids) > 1]
    children = {c.id: c for c in _whole(n for ids in alike for n in ids)}
    found = []
    for ids in alike:
        for low, high in combinations(sorted(ids), 2):
            older, newer = children[low], children[high]
            if (low, high) in seen or older.household_id == newer.household_id:
                continue
            common = likeness(sketch(older), sketch(newer))
            if common:
                found.append(Alike(older, newer, common))
    found.sort(key=lambda pair: (-len(pair.likeness), pair.newer.id))
    return found[:limit]


def _whole(ids: Iterable[int]) -> list[Child]:
    rest = list(ids)
    found: list[Child] = []
    for start in range(0, len(rest), PART):
        part = whole(select(Child).where(Child.id.in_(rest[start : start + PART])))
        found += db.session.scalars(part).all()
    return found


def _looked_at(county_id: int) -> set[tuple[int, int]]:
    rows = select(NotDouble.low_id, NotDouble.high_id).where(NotDouble.county_id == county_id)
    return {(low, high) for low, high in db.session.execute(rows)}


def two_children(one: int, other: int) -> bool:
    """Whether somebody has said that these are two."""
    low, high = sorted((one, other))
    found = select(NotDouble.id).where(NotDouble.low_id == low, NotDouble.high_id == high)
    return db.session.scalar(found) is not None


def merge(merge_id: int) -> FileMerge:
    """A joining of two files; raise Missing."""
    found = db.session.get(FileMerge, merge_id)
    if found is None:
        raise Missing
    return found


def merges_of(child: Child) -> list[FileMerge]:
    """The living joinings a file is part of, as the one kept or as the double."""
    found = select(FileMerge).where(
        FileMerge.undone_at.is_(None),
        or_(FileMerge.kept_id == child.id, FileMerge.double_id == child.id),
    )
    return list(db.session.scalars(found.order_by(FileMerge.id)))


def joined_files(child: Child) -> list[Child]:
    """The doubles that were joined to this file: their history is this child's history."""
    rows = merges_of(child)
    return [row.double for row in rows if row.kept_id == child.id]
