"""Health, registration and house of a child, and the paper that shows why it is in a category."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.children.actions.past import household_changed, keep, settle
from jiedui.children.models import CategoryPaper, Child, ChildCategory
from jiedui.children.rules import ChildRefusal, ChildState, Disability, Income
from jiedui.core import audit, clock, db, scans
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh


@dataclass(frozen=True)
class DetailSaid:
    """What else is known of a child; None is not known. `disability_grade` 1 (most severe) to 4
    goes with `disability`; `address` and `income` are the household's."""

    ethnicity: str = ""
    registered: bool | None = None
    registered_at: str | None = None
    rural: bool | None = None
    disability: Disability | None = None
    disability_grade: int | None = None
    illness: str | None = None
    address: str = ""
    income: Income | None = None


OWN = (
    "ethnicity",
    "registered",
    "registered_at",
    "rural",
    "disability",
    "disability_grade",
    "illness",
)
HOME = ("address", "income")


def change_detail(child: Child, said: DetailSaid, *, by: By, version: int | None = None) -> None:
    """Change what else is known of a child and its house. Refuses a closed file, an older page,
    and a disability without its grade."""
    db.lock(Child, child.id)
    fresh(child.version, version)
    if child.state is not ChildState.open:
        raise Refusal(ChildRefusal.file_closed)
    if (said.disability is None) != (said.disability_grade is None):
        raise Refusal(ChildRefusal.grade_missing, "disability_grade")
    own, home = _differing(child.detail, OWN, said), _differing(child.household, HOME, said)
    if not own and not home:
        return
    child.changed_at = clock.now()
    if home:
        household_changed(child.household, by)
    else:
        settle(child)
        keep(child, by)
    for one in child.household.children if home else [child]:
        fields = [*(own if one is child else ()), *home]
        audit.record(Act.child_changed, one, by=by, fields=fields)


def _differing(thing: object, names: tuple[str, ...], said: DetailSaid) -> list[str]:
    changed = [n for n in names if getattr(thing, n) != getattr(said, n)]
    for name in changed:
        setattr(thing, name, getattr(said, name))
    return changed


def keep_paper(row: ChildCategory, content: bytes, *, by: By) -> CategoryPaper:
    """Keep a photo or scan of what a category rests on, sealed. Refuses a closed file, what is no
    photo or PDF, and what is too large."""
    if row.child.state is not ChildState.open:
        raise Refusal(ChildRefusal.file_closed)
    paper = scans.keep(CategoryPaper, content, by=by, county_id=row.child.county_id, category=row)
    audit.record(Act.upload_kept, paper, by=by)
    return paper


def note_evidence(row: ChildCategory, evidence: str, *, by: By) -> None:
    """Say on what paper it rests that a child is in a category. Refuses a closed file."""
    child = row.child
    if child.state is not ChildState.open:
        raise Refusal(ChildRefusal.file_closed)
    if row.evidence != evidence:
        row.evidence, child.changed_at = evidence, clock.now()
        audit.record(Act.child_changed, child, by=by, fields=["evidence"])
        keep(child, by)
