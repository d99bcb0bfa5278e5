"""Invented needs: a child's wish, open for matching unless a yes is left out."""

from __future__ import annotations

from itertools import count
from typing import Any

from jiedui.children import queries as children
from jiedui.core import db
from jiedui.core.actors import SYSTEM
from jiedui.helpers.rules import HelpKind
from jiedui.needs import actions, queries
from jiedui.needs.actions import NewNeed
from jiedui.needs.rules import NeedCloseReason, Where
from jiedui.partners.models import Place
from jiedui.partners.rules import PlaceKind
from tests import people
from tests.builders.children import director, household_child
from tests.people import Person

SATURDAY_MORNING = 15
_serial = count(1)


def place(code: str = people.VILLAGE, **over: Any) -> Place:
    """An open Children's Home in a village (inside a write)."""
    village = people.region(code)
    home = Place(
        county_id=village.county_id,
        region=village,
        kind=PlaceKind.childrens_home,
        name=f"{village.name}儿童之家{next(_serial)}",
    )
    for field, value in over.items():
        setattr(home, field, value)
    db.session.add(home)
    db.session.flush()
    return home


def wish(**over: Any) -> NewNeed:
    """Company on Saturday mornings, online unless a place is given."""
    said: dict[str, Any] = {
        "kind": HelpKind.companionship,
        "slots": frozenset({SATURDAY_MORNING}),
        "where": Where.place if over.get("place") else Where.online,
    }
    return NewNeed(**(said | over))


def open_need(
    by: Person | None = None,
    *,
    child_id: int | None = None,
    code: str = people.VILLAGE,
    at_place: bool = True,
    **over: Any,
) -> int:
    """A need at the village's Children's Home (opens its own writes): a child is made unless
    `child_id` is given; fields of NewNeed can be given; at_place=False makes it online."""
    person = by or director(code)
    kids = [child_id] if child_id is not None else [household_child(person, code=code)]
    with db.write():
        if at_place and "place" not in over and over.get("where", Where.place) is Where.place:
            over["place"] = place(code)
        need = actions.raise_need([children.get(i) for i in kids], wish(**over), by=person.actor())
        return need.id


def forget(need_id: int) -> None:
    """The need ends as entered by mistake (opens its own write)."""
    with db.write():
        need = queries.get(need_id)
        actions.close_need(need, NeedCloseReason.entered_wrongly, by=SYSTEM)
