"""A file in the fields of the sheet: what the national system would be told of it."""

from __future__ import annotations

from collections.abc import Mapping

from jiedui.children.exchange.facts import CARER, PARENTS, PEOPLE
from jiedui.children.models import Child, Guardian
from jiedui.children.rules import Category, Known, Relation, SchoolStage
from jiedui.core.resident_id import ResidentId, kept
from jiedui.intake.exchange import Value

GRANDPARENTS = tuple(slot for slot in PEOPLE if slot not in PARENTS)
SAID = {True: "yes", False: "no"}


def line_of(child: Child, like: Mapping[str, Value]) -> dict[str, Value]:
    """The values of a file. `like` is a row that is compared with it: grandparents are the same
    person to us on either side, so they stand where the row has the same name."""
    detail, home = child.detail, child.household
    values: dict[str, Value] = {
        "name": child.name,
        "sex": child.sex.value,
        "ethnicity": detail.ethnicity or None,
        "birth_date": child.birth_date,
        "id_number": _number(child.id_number),
        "registered": _said(detail.registered),
        "registered_at": detail.registered_at,
        "rural": _said(detail.rural),
        "village": child.village.full_name,
        "address": home.address or None,
        "health": "disabled" if detail.disability else "ill" if detail.illness else "well",
        "disability": detail.disability.value if detail.disability else None,
        "disability_grade": str(detail.disability_grade) if detail.disability_grade else None,
        "illness": detail.illness,
        "boarding": _said(child.boarding),
        "categories": categories(child),
        "income": home.income.value if home.income else None,
    }
    values |= _school(child.school_stage)
    for slot, one in seats(child, like).items():
        values |= _person(slot, one)
    return values


def categories(child: Child) -> frozenset[str]:
    """The categories as the national system counts them: left behind by its own definition, where
    the facts answer that."""
    found = {one.value for one in child.living_categories}
    if child.detail.national is not Known.unknown:
        found.discard(Category.left_behind.value)
        if child.detail.national is Known.yes:
            found.add(Category.left_behind.value)
    return frozenset(found)


def seats(child: Child, like: Mapping[str, Value]) -> dict[str, Guardian]:
    """Who of the household stands under which heads of the sheet."""
    people = sorted(child.household.guardians, key=lambda g: g.id or 0)
    found: dict[str, Guardian] = {}
    for one in people:
        if one.relation in (Relation.father, Relation.mother):
            found.setdefault(one.relation.value, one)
    for one in people:
        slot = _grandparent(one, found, like)
        if slot is not None:
            found[slot] = one
    carers = [
        g for g in people if g.is_carer and g not in (found.get("father"), found.get("mother"))
    ]
    if carers:
        found[CARER] = carers[0]
    return found


def _grandparent(
    one: Guardian, found: Mapping[str, Guardian], like: Mapping[str, Value]
) -> str | None:
    free = [s for s in GRANDPARENTS if PEOPLE[s] is one.relation and s not in found]
    named = [s for s in free if like.get(f"{s}.name") == one.name]
    if named:
        return named[0]
    # A carer who stands nowhere else in the row stands there as carer alone.
    return None if one.is_carer or not free else free[0]


def _person(slot: str, one: Guardian) -> dict[str, Value]:
    found: dict[str, Value] = {f"{slot}.name": one.name}
    if slot == CARER:
        found[f"{slot}.relation"] = one.relation.value
    if slot not in GRANDPARENTS:
        found |= {f"{slot}.id_number": _number(one.id_number), f"{slot}.phone": one.phone}
    if slot != CARER:
        found[f"{slot}.birth_date"] = one.birth_date
    if slot in PARENTS:
        found |= {
            f"{slot}.unable": one.unable.value if one.unable else None,
            f"{slot}.away": _said(one.away),
            f"{slot}.work_place": one.work_place,
            f"{slot}.beyond_county": _said(one.beyond_county),
            f"{slot}.away_since": one.away_since,
        }
    return found


def _school(stage: SchoolStage) -> dict[str, Value]:
    level, _, year = stage.value.partition("_")
    if level in ("primary", "junior"):
        return {"school": level, "year": str(int(year) + (6 if level == "junior" else 0))}
    return {"school": stage.value}


def _said(value: bool | None) -> str | None:
    return None if value is None else SAID[value]


def _number(raw: str | None) -> ResidentId | None:
    return kept(raw) if raw else None
