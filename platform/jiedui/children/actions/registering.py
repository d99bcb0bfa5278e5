"""A child enters the ledger, with household and guardians, after a look for doubles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from jiedui.access.rules import Actor, Role
from jiedui.children import queries
from jiedui.children.actions.past import household_changed, keep, put_in
from jiedui.children.models import Child, ChildDetail, Guardian, Household
from jiedui.children.queries.ledger import id_index
from jiedui.children.rules import (
    Category,
    ChildRefusal,
    ChildState,
    Identity,
    Relation,
    RiskLevel,
    SchoolStage,
    Unable,
    identity_fault,
)
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.resident_id import ResidentId, Sex
from jiedui.partners import queries as partners
from jiedui.partners.queries import reach
from jiedui.regions.models import Region


@dataclass(frozen=True)
class GuardianSaid:
    """A grown-up of the household: a guardian, a carer, both in one person; a parent or grandparent
    may be neither. `beyond_county` None is not known; `unable` says why somebody cannot care."""

    name: str
    relation: Relation
    phone: str | None = None
    is_guardian: bool = True
    is_carer: bool = True
    away: bool = False
    work_place: str | None = None
    birth_date: date | None = None
    id_number: str | None = None
    away_since: date | None = None
    beyond_county: bool | None = None
    unable: Unable | None = None
    unable_since: date | None = None


@dataclass(frozen=True)
class NewChild:
    """What is said of a child at registration. With `household` the child joins it and shares its
    guardians; else a new one is made of `guardians`. `id_number` is a checked one (core.forms.
    IdNumber.who, or resident_id.read). `another` says that a child of the same name and birth
    date has been looked at and is somebody else."""

    name: str
    birth_date: date
    sex: Sex
    village: Region
    id_number: ResidentId | None = None
    categories: frozenset[Category] = frozenset()
    school_stage: SchoolStage | None = None
    school_id: int | None = None
    boarding: bool = False
    address: str = ""
    risk: RiskLevel = RiskLevel.green
    household: Household | None = None
    guardians: tuple[GuardianSaid, ...] = ()
    another: bool = False


def register_child(said: NewChild, *, by: By) -> Child:
    """Open a file. Refuses particulars that cannot be, a village that is not the person's, a
    number that has a file, a likely double that nobody has looked at, and a household without a
    guardian or without anybody who is there."""
    said = _from_school(said, by)
    _check_identity(said, by)
    home = said.household or _new_household(said)
    if said.household is not None and said.household.village_id != said.village.id:
        raise Refusal(ChildRefusal.village_outside, "village")
    child = Child(
        county_id=said.village.county_id,
        village=said.village,
        household=home,
        name=said.name,
        id_number=said.id_number.number if said.id_number else None,
        id_index=id_index(said.id_number.number) if said.id_number else None,
        birth_date=said.birth_date,
        sex=said.sex,
        school_stage=said.school_stage,
        school_id=said.school_id,
        boarding=said.boarding,
        risk=said.risk,
        state=ChildState.open,
        entered_by=by.account_id,
        entered_at=clock.now(),
        detail=ChildDetail(),
    )
    put_in(child, said.categories)
    db.session.add(child)
    keep(child, by)
    audit.record(Act.child_registered, child, by=by)
    return child


def _from_school(said: NewChild, by: By) -> NewChild:
    """A teacher enters pupils of the own school, and knows nothing of categories."""
    if not isinstance(by, Actor) or by.role is not Role.school_worker:
        return said
    school = partners.place_of_unit(by.unit_id)
    if school is None:
        raise Refusal(ChildRefusal.school_missing)
    return replace(said, school_id=school.id, categories=frozenset())


def _check_identity(said: NewChild, by: By) -> None:
    county_id = said.village.county_id
    if isinstance(by, Actor) and not said.village.path.startswith(reach(by)):
        raise Refusal(ChildRefusal.village_outside, "village")
    number = said.id_number
    known = Identity(
        said.birth_date,
        said.sex,
        number.birth_date if number else None,
        number.sex if number else None,
    )
    fault = identity_fault(known, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    if number is not None and queries.by_id_number(county_id, number.number) is not None:
        raise Refusal(ChildRefusal.known_already, "id_number")
    path = reach(by) if isinstance(by, Actor) else f"{county_id}/"
    if not said.another and queries.lookalikes(said.name, said.birth_date, path):
        raise Refusal(ChildRefusal.maybe_known, "another")


def _new_household(said: NewChild) -> Household:
    _check_guardians(said.guardians)
    home = Household(county_id=said.village.county_id, village=said.village, address=said.address)
    db.session.add(home)
    for one in said.guardians:
        home.guardians.append(_guardian(one, home))
    return home


def _check_guardians(said: Iterable[GuardianSaid]) -> None:
    known = list(said)
    if not any(one.is_guardian for one in known):
        raise Refusal(ChildRefusal.guardian_missing, "guardian_name")
    if not any(one.is_carer and not one.away for one in known):
        raise Refusal(ChildRefusal.carer_missing, "carer_name")


def _guardian(said: GuardianSaid, home: Household) -> Guardian:
    one = Guardian(county_id=home.county_id)
    _write(one, said)
    return one


def _write(one: Guardian, said: GuardianSaid) -> None:
    one.name, one.relation, one.phone = said.name, said.relation, said.phone or None
    one.is_guardian, one.is_carer = said.is_guardian, said.is_carer
    one.away, one.work_place = said.away, said.work_place or None
    one.away_since = said.away_since if said.away else None
    one.beyond_county = said.beyond_county if said.away else None
    one.unable, one.unable_since = said.unable, said.unable_since if said.unable else None
    one.birth_date, one.id_number = said.birth_date, said.id_number or one.id_number


def add_guardian(home: Household, said: GuardianSaid, *, by: By) -> Guardian:
    """Another guardian or carer of a household; recorded on each child's file."""
    added = _guardian(said, home)
    home.guardians.append(added)
    _record(home, by)
    return added


def change_guardian(
    guardian: Guardian, said: GuardianSaid, *, by: By, version: int | None = None
) -> None:
    """Change what is known of a guardian or carer. Refuses to leave a household without a
    guardian, and a page that is older than the record."""
    db.lock(Guardian, guardian.id)
    fresh(guardian.version, version)
    others = [g for g in guardian.household.guardians if g.id != guardian.id]
    if not said.is_guardian and not any(g.is_guardian for g in others):
        raise Refusal(ChildRefusal.guardian_missing, "is_guardian")
    _write(guardian, said)
    _record(guardian.household, by)


def _record(home: Household, by: By) -> None:
    household_changed(home, by)
    for child in home.children:
        audit.record(Act.child_changed, child, by=by, fields=["guardians"])
