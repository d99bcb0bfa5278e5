"""Invented children: registered by a director, with guardian, consent and the child's own yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from jiedui.access.rules import Role
from jiedui.children import actions, queries
from jiedui.children.actions import ConsentSaid, GuardianSaid, NewChild, ViewSaid
from jiedui.children.rules import (
    Answer,
    AskedHow,
    Category,
    Means,
    Relation,
    SchoolStage,
)
from jiedui.core import clock, db, resident_id
from jiedui.core.actors import By
from jiedui.core.resident_id import ResidentId, Sex
from tests import people
from tests.people import Person

# No two of them sound alike: the portal asks about names that do.
NAMES = "云霁禾苗露珠石头山泉青兰晨星小满谷雨白桦秋枫"
_serial = count()


def name() -> str:
    """The next invented name."""
    n = next(_serial)
    return f"示{NAMES[n % len(NAMES)]}{NAMES[n * 7 // len(NAMES) % len(NAMES)]}"


def director(code: str = people.VILLAGE) -> Person:
    """A village child director."""
    return people.appoint(Role.child_director, code, name="石例女")


def born(age: int) -> date:
    """A birth date that makes a child this old today."""
    today = clock.today()
    return date(today.year - age, 1, 15) if today.month > 1 else date(today.year - age - 1, 6, 15)


def checked(number: str) -> ResidentId:
    """An identity number as the form hands it on."""
    said = resident_id.read(number, clock.today(), invented_allowed=True)
    assert isinstance(said, ResidentId)
    return said


def father(**over: Any) -> GuardianSaid:
    """A father who works far away."""
    said = GuardianSaid("示大山", Relation.father, people.phone_number(), is_carer=False, away=True)
    return replace(said, **over)


def grandmother(**over: Any) -> GuardianSaid:
    """A grandmother who looks after the child."""
    said = GuardianSaid("示奶奶", Relation.grandmother, people.phone_number(), is_guardian=False)
    return replace(said, **over)


def new_child(code: str = people.VILLAGE, **over: Any) -> NewChild:
    """What a director says of a nine-year-old girl (inside a transaction)."""
    said = NewChild(
        name=name(),
        birth_date=born(9),
        sex=Sex.female,
        village=people.region(code),
        categories=frozenset({Category.left_behind}),
        school_stage=SchoolStage.primary_3,
        guardians=(father(), grandmother()),
    )
    return replace(said, **over)


def say_yes(child_id: int, *, by: By, consent: bool = True, view: bool = True) -> None:
    """Guardian and child agree to matching (inside a write)."""
    child = queries.get(child_id)
    if consent:
        paper = {"holder": "石例女", "where": "村委会文件柜"}
        said = ConsentSaid(Answer.yes, Means.paper, evidence=paper)
        actions.record_consent(child, child.guardians[0].id, said, by=by)
    if view:
        actions.record_view(child, ViewSaid(Answer.yes, AskedHow.alone), by=by)


def household_child(
    by: Person | None = None,
    *,
    code: str = people.VILLAGE,
    consent: bool = True,
    view: bool = True,
    **over: Any,
) -> int:
    """A child with guardian, consent and view for matching (opens its own write); fields of
    NewChild can be given. `sibling_of` (a child's id) puts it into that household."""
    person = by or director(code)
    sibling_of = over.pop("sibling_of", None)
    with db.write():
        actor = person.actor()
        if sibling_of is not None:
            home = queries.get(sibling_of).household
            over |= {"household": home, "village": home.village, "guardians": ()}
        child = actions.register_child(new_child(code, **over), by=actor)
        say_yes(child.id, by=actor, consent=consent, view=view)
        return child.id
