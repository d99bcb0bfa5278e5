"""After a change of the facts: categories follow, and the file as it is now is kept for good."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jiedui.children.models import Child, ChildCategory, FilePast, Guardian, Household
from jiedui.children.queries.circumstances import explained
from jiedui.children.rules import Category, settled
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.happenings import FileChanged, happen

CHILD = ("name", "id_number", "birth_date", "sex", "school_stage", "boarding", "risk", "state")
REST = ("close_reason",)
DETAIL = (
    "ethnicity",
    "registered",
    "registered_at",
    "rural",
    "disability",
    "disability_grade",
    "illness",
    "plan",
    "national",
)
GROWN_UP = (
    "relation",
    "name",
    "phone",
    "id_number",
    "birth_date",
    "is_guardian",
    "is_carer",
    "away",
    "away_since",
    "beyond_county",
    "work_place",
    "unable",
    "unable_since",
)


def put_in(child: Child, said: Iterable[Category]) -> bool:
    """Make the living categories those that were said and those that follow from the facts: new
    ones begin today, others end today. Returns whether anything changed."""
    today = clock.today()
    found, national = explained(child, today)
    child.detail.plan = found[Category.left_behind].answer
    child.detail.national = national.answer
    wanted = settled(frozenset(said), found)
    living = {c.category: c for c in child.categories if c.ends is None}
    for gone in living.keys() - wanted.keys():
        living[gone].ends = max(living[gone].starts, today)
    for category, basis in sorted(wanted.items()):
        if category in living:
            living[category].basis = basis
        else:
            child.categories.append(ChildCategory(category=category, starts=today, basis=basis))
    return living.keys() != wanted.keys()


def settle(child: Child) -> bool:
    """Categories follow the facts as they are today; what was said stays said."""
    return put_in(child, child.said_categories)


def keep(child: Child, by: By) -> None:
    """Keep the file as it is now, and tell who listens. Call it after every change of its facts."""
    keep_all([child], by)


def keep_all(children: Iterable[Child], by: By) -> None:
    """Keep several files as they are now, and tell who listens."""
    db.session.flush()
    for child in children:
        past = FilePast(
            county_id=child.county_id,
            child=child,
            at=clock.now(),
            by_account=by.account_id,
            facts=_facts(child),
        )
        db.session.add(past)
    for child in children:
        happen(FileChanged(child.id))


def household_changed(home: Household, by: By) -> None:
    """Grown-ups or house changed: every child's categories follow, every file is kept."""
    for child in home.children:
        settle(child)
        keep(child, by)


def settle_day(children: Iterable[Child], *, by: By) -> int:
    """A day has passed: an absence has become long, a child has turned 16. Returns how many files
    count differently from today on; each is on record and kept."""
    changed = 0
    for child in children:
        before = (child.detail.plan, child.detail.national)
        if settle(child) or before != (child.detail.plan, child.detail.national):
            audit.record(Act.child_changed, child, by=by, fields=["categories"])
            keep(child, by)
            changed += 1
    return changed


def _facts(child: Child) -> dict[str, Any]:
    own = _said(child, (*CHILD, *REST)) | _said(child.detail, DETAIL)
    home = child.household
    own["village"], own["address"], own["income"] = child.village_id, home.address, home.income
    own["categories"] = {
        c.category: c.basis for c in child.categories if c.ends is None and c.category
    }
    own["evidence"] = {c.category: c.evidence for c in child.categories if c.evidence}
    own["grown_ups"] = [_said(one, GROWN_UP) for one in _listed(home)]
    return own


def _listed(home: Household) -> list[Guardian]:
    return sorted(home.guardians, key=lambda one: one.id)


def _said(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: plain(getattr(thing, name)) for name in names}


def plain(value: Any) -> Any:
    """A fact as it is kept: days as text."""
    return value.isoformat() if hasattr(value, "isoformat") else value
