"""A file is checked by a second person, changed, closed and opened again; what is hidden is shown
for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.children import queries
from jiedui.children.actions.past import keep, put_in
from jiedui.children.actions.risk import set_risk
from jiedui.children.models import Child
from jiedui.children.queries.ledger import id_index
from jiedui.children.rules import (
    CHILD_MOVES,
    Category,
    ChildRefusal,
    ChildState,
    CloseReason,
    Identity,
    Masked,
    RevealReason,
    RiskLevel,
    SchoolStage,
    check_fault,
    identity_fault,
)
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.happenings import ChildClosed, happen
from jiedui.core.resident_id import ResidentId, Sex
from jiedui.partners.queries import reach
from jiedui.regions.models import Region


@dataclass(frozen=True)
class ChildChange:
    """A file's facts as they are to be from now on. `id_number` None keeps the number there is."""

    name: str
    birth_date: date
    sex: Sex
    village: Region
    school_stage: SchoolStage
    boarding: bool
    risk: RiskLevel
    categories: frozenset[Category]
    id_number: ResidentId | None = None


PLAIN = ("name", "birth_date", "sex", "school_stage", "boarding")


def _locked(child: Child, version: int | None) -> None:
    db.lock(Child, child.id)
    fresh(child.version, version)


def check_child(child: Child, *, by: Actor) -> None:
    """A second person has checked (审核) a new file. Refuses who entered it, and a second time."""
    _locked(child, None)
    if child.state is not ChildState.open:
        raise Refusal(ChildRefusal.file_closed)
    fault = check_fault(child.entered_by, child.checked_by, by.account_id)
    if fault is not None:
        raise Refusal(fault)
    child.checked_by, child.checked_at = by.account_id, clock.now()
    audit.record(Act.child_checked, child, by=by)


def check_children(children: Sequence[Child], *, by: Actor) -> int:
    """Several new files are checked in one go; returns how many. Refuses when none is chosen, and
    as check_child does."""
    if not children:
        raise Refusal(ChildRefusal.nothing_ticked)
    for child in children:
        check_child(child, by=by)
    return len(children)


def change_child(child: Child, said: ChildChange, *, by: By, version: int | None = None) -> None:
    """Change a file's facts; which fields changed is recorded, not what they hold. Refuses an
    older page, particulars that cannot be, another child's number, a village that is not the
    person's, a level that may not be lowered. A whole household moves together."""
    _locked(child, version)
    if child.state is not ChildState.open:
        raise Refusal(ChildRefusal.file_closed)
    _check_change(child, said, by)
    changed = [name for name in PLAIN if getattr(child, name) != getattr(said, name)]
    for name in changed:
        setattr(child, name, getattr(said, name))
    if set_risk(child, said.risk, by):
        changed.append("risk")
    if said.id_number is not None and said.id_number.number != child.id_number:
        child.id_number, child.id_index = said.id_number.number, id_index(said.id_number.number)
        changed.append("id_number")
    if put_in(child, said.categories):
        changed.append("categories")
    if said.village.id != child.village_id:
        _move(child, said.village, by)
        changed.append("village")
    if changed:
        child.changed_at = clock.now()
        audit.record(Act.child_changed, child, by=by, fields=changed)
        keep(child, by)


def _check_change(child: Child, said: ChildChange, by: By) -> None:
    number = said.id_number
    known = Identity(
        said.birth_date,
        said.sex,
        number.birth_date if number else None,
        number.sex if number else None,
    )
    fault = identity_fault(known, clock.today())
    if fault is not None and fault[0] is not ChildRefusal.over_18:
        raise Refusal(*fault)
    if number is not None:
        other = queries.by_id_number(child.county_id, number.number)
        if other is not None and other.id != child.id:
            raise Refusal(ChildRefusal.known_already, "id_number")
    moved = said.village.id != child.village_id
    if moved and isinstance(by, Actor) and not said.village.path.startswith(reach(by)):
        raise Refusal(ChildRefusal.village_outside, "village")


def _move(child: Child, village: Region, by: By) -> None:
    home = child.household
    home.village = village
    for one in home.children:
        one.village = village
        if one is not child:
            audit.record(Act.child_changed, one, by=by, fields=["village"])
            keep(one, by)


def close_child(child: Child, reason: CloseReason, *, by: By, version: int | None = None) -> None:
    """A file leaves the ledger, for a reason; its history stays. Whatever waits for the child is
    told. Refuses a file that is closed, and an older page."""
    _locked(child, version)
    if child.state is ChildState.closed:
        raise Refusal(ChildRefusal.file_closed)
    CHILD_MOVES.require(child.state, ChildState.closed)
    child.state, child.close_reason = ChildState.closed, reason
    child.closed_at = clock.now()
    audit.record(Act.child_closed, child, by=by, reason=reason)
    keep(child, by)  # flushes: who listens reads what now holds
    happen(ChildClosed(child.id))


def reopen_child(child: Child, *, by: By, version: int | None = None) -> None:
    """A file comes back: the child is here again, or it was closed by mistake. Refuses one whose
    identity was cleared: nobody could tell whose it is."""
    _locked(child, version)
    if child.deidentified_at is not None:
        raise Refusal(ChildRefusal.identity_cleared)
    CHILD_MOVES.require(child.state, ChildState.open)
    child.state, child.close_reason, child.closed_at = ChildState.open, None, None
    child.changed_at = clock.now()
    audit.record(Act.child_changed, child, by=by, fields=["state"])
    keep(child, by)


def reveal(child: Child, field: Masked, reason: RevealReason, *, by: Actor) -> str:
    """What is hidden, for one of five reasons; who asked, for what, is recorded first. Refuses a
    field that was never filled in."""
    value: str | None = getattr(child, field.value)
    if not value:
        raise Refusal(ChildRefusal.nothing_to_show)
    audit.record(Act.child_revealed, child, by=by, field=field, reason=reason)
    return value
