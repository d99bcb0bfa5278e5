"""Children, households and guardians: by id, by number, within a reader's scope."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor, GrantLevel
from jiedui.children.models import Child, Consent, Guardian, Household
from jiedui.children.rules import ChildState
from jiedui.core import crypto, db
from jiedui.core.errors import Missing
from jiedui.core.sounds import syllables
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

ID_NUMBER = "child.id_number"


def id_index(number: str) -> str:
    """The blind index of an ID number."""
    return crypto.blind_index(ID_NUMBER, number)


def whole(found: Select[Any]) -> Select[Any]:
    """A child with everything its pages ask for."""
    return found.options(
        joinedload(Child.village).joinedload(Region.parent),
        joinedload(Child.school),
        joinedload(Child.detail),
        joinedload(Child.household).selectinload(Household.guardians),
        joinedload(Child.household).selectinload(Household.children),
        selectinload(Child.categories),
        selectinload(Child.consents),
        selectinload(Child.views),
    )


def shown(found: Select[Any]) -> Select[Any]:
    """A child with what a line of a list shows."""
    return found.options(
        joinedload(Child.village).joinedload(Region.parent),
        selectinload(Child.categories),
        selectinload(Child.consents),
        selectinload(Child.views),
    )


def get(child_id: int) -> Child:
    """The child with this id; raise Missing."""
    child: Child | None = db.session.scalar(whole(select(Child).where(Child.id == child_id)))
    if child is None:
        raise Missing
    return child


def household(household_id: int) -> Household:
    """A household with children and guardians; raise Missing."""
    found = db.session.get(Household, household_id)
    if found is None:
        raise Missing
    return found


def guardian(guardian_id: int) -> Guardian:
    """The guardian or carer with this id; raise Missing."""
    found = db.session.get(Guardian, guardian_id)
    if found is None:
        raise Missing
    return found


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a Child is there for this reader: it lives in their scope, or a living
    grant opens its file."""
    opened = granted_ids(actor)
    inside = Child.village_id.in_(regions.ids_within(actor.scope))
    return or_(inside, Child.id.in_(opened)) if opened else inside


def granted_ids(actor: Actor) -> list[int]:
    """The children whose files a living grant opens."""
    levels = (GrantLevel.file.value, GrantLevel.notes.value)
    return [i for kind, i, level in actor.granted if kind == "child" and level in levels]


def by_id_number(county_id: int | None, number: str) -> Child | None:
    """The child of a county with this ID number, open or closed."""
    found = select(Child).where(Child.county_id == county_id, Child.id_index == id_index(number))
    child: Child | None = db.session.scalar(whole(found))
    return child


def known_to(actor: Actor, number: str) -> Child | None:
    """The child with this ID number, if it is there for this reader."""
    found = select(Child).where(visible_to(actor), Child.id_index == id_index(number))
    child: Child | None = db.session.scalar(whole(found))
    return child


def consent(consent_id: int) -> Consent:
    """The consent with this id; raise Missing."""
    found = db.session.get(Consent, consent_id)
    if found is None:
        raise Missing
    return found


def lookalikes(name: str, birth: date, path: str) -> list[Child]:
    """Open files of a name that sounds the same and the same birth date in a region. Names lie
    sealed: those born on the day are opened and compared."""
    found = select(Child).where(
        Child.birth_date == birth,
        Child.state == ChildState.open,
        Child.village_id.in_(regions.ids_within(path)),
    )
    wanted = syllables(name)
    return [c for c in db.session.scalars(whole(found)) if syllables(c.name) == wanted]
