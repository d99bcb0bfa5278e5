"""What a row says of a child and its family, as files know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiedui.children.rules import (
    ADULT,
    Category,
    CellFault,
    Disability,
    Income,
    Relation,
    SchoolStage,
    Unable,
    usual_stage,
)
from jiedui.core.resident_id import ResidentId, Sex, age_on
from jiedui.intake.exchange import Value
from jiedui.intake.rules import Problem

# Who stands in the sheet, and who that is to the child.
PEOPLE = {
    "father": Relation.father,
    "mother": Relation.mother,
    "grandfather": Relation.grandfather,
    "grandmother": Relation.grandmother,
    "maternal_grandfather": Relation.grandfather,
    "maternal_grandmother": Relation.grandmother,
}
PARENTS = ("father", "mother")
CARER = "carer"
YES = {"yes": True, "no": False}


@dataclass(frozen=True)
class GrownUp:
    """A grown-up of the household, and under which heads of the sheet they stand (`slots`)."""

    slots: tuple[str, ...]
    name: str
    relation: Relation
    phone: str | None = None
    is_guardian: bool = False
    is_carer: bool = False
    away: bool = False
    work_place: str | None = None
    birth_date: date | None = None
    id_number: str | None = None
    away_since: date | None = None
    beyond_county: bool | None = None
    unable: Unable | None = None


@dataclass(frozen=True)
class Facts:
    """Everything a file holds that a row can say. None is not said."""

    name: str
    birth_date: date
    sex: Sex
    id_number: ResidentId | None
    school_stage: SchoolStage
    boarding: bool
    categories: frozenset[Category]
    detail: Mapping[str, Any]
    people: tuple[GrownUp, ...]


def read_facts(values: Mapping[str, Value], today: date) -> Facts:
    """The facts of a row that has no problems."""
    birth, sex = values["birth_date"], values["sex"]
    if not isinstance(birth, date):
        raise TypeError("a row without a birth date has a problem and is not asked")
    number = values.get("id_number")
    said = values.get("categories")
    return Facts(
        name=str(values["name"]),
        birth_date=birth,
        sex=Sex(str(sex)),
        id_number=number if isinstance(number, ResidentId) else None,
        school_stage=_stage(values, birth, today),
        boarding=bool(yes(values.get("boarding"))),
        categories=frozenset(Category(c) for c in said) if isinstance(said, frozenset)
        else frozenset(),
        detail=_detail(values),
        people=tuple(_people(values)),
    )  # fmt: skip


def yes(value: Value) -> bool | None:
    """A yes or no, or None."""
    return YES.get(str(value))


def _detail(values: Mapping[str, Value]) -> dict[str, Any]:
    kind, grade, income = (values.get(n) for n in ("disability", "disability_grade", "income"))
    return {
        "ethnicity": str(values.get("ethnicity") or ""),
        "registered": yes(values.get("registered")),
        "registered_at": values.get("registered_at"),
        "rural": yes(values.get("rural")),
        "disability": Disability(str(kind)) if kind else None,
        "disability_grade": int(str(grade)) if grade else None,
        "illness": values.get("illness"),
        "address": str(values.get("address") or ""),
        "income": Income(str(income)) if income else None,
    }


def _stage(values: Mapping[str, Value], birth: date, today: date) -> SchoolStage:
    level, year = values.get("school"), values.get("year")
    if level is None:
        return usual_stage(birth, today)
    if level not in ("primary", "junior"):
        return SchoolStage(str(level))
    first = 6 if level == "junior" else 0
    if isinstance(year, str):
        return SchoolStage(f"{level}_{int(year) - first}")
    usual = usual_stage(birth, today)
    return usual if usual.value.startswith(str(level)) else SchoolStage(f"{level}_1")


def _people(values: Mapping[str, Value]) -> list[GrownUp]:
    """Parents decide; who is named as carer looks after the child, else a parent who is there. When
    no parent can decide, the carer does."""
    known = {slot: one for slot in PEOPLE if (one := _one(slot, PEOPLE[slot], values)) is not None}
    able = [s for s in PARENTS if s in known and known[s].unable not in GONE]
    carer = _carer(values, known)
    found = []
    for slot, one in known.items():
        named = carer is not None and carer.slots[-1] == slot
        there = carer is None and slot in able and not one.away and one.unable is None
        decides = slot in able or (named and not able)
        merged = carer if named and carer is not None else one
        found.append(_as(merged, is_guardian=decides, is_carer=named or there))
    if carer is not None and carer.slots == (CARER,):
        found.append(_as(carer, is_guardian=not able, is_carer=True))
    return found


GONE = (Unable.dead, Unable.missing)


def _as(one: GrownUp, **over: bool) -> GrownUp:
    return GrownUp(**{**vars(one), **over})


def _one(slot: str, relation: Relation, values: Mapping[str, Value]) -> GrownUp | None:
    name = values.get(f"{slot}.name")
    if not name:
        return None
    number, unable = values.get(f"{slot}.id_number"), values.get(f"{slot}.unable")
    birth, since = values.get(f"{slot}.birth_date"), values.get(f"{slot}.away_since")
    place = values.get(f"{slot}.work_place")
    said = yes(values.get(f"{slot}.away"))
    away = said if said is not None else since is not None
    return GrownUp(
        slots=(slot,),
        name=str(name),
        relation=relation,
        phone=str(values[f"{slot}.phone"]) if values.get(f"{slot}.phone") else None,
        away=away,
        work_place=str(place) if place else None,
        birth_date=birth if isinstance(birth, date)
        else number.birth_date if isinstance(number, ResidentId) else None,
        id_number=number.number if isinstance(number, ResidentId) else None,
        away_since=since if away and isinstance(since, date) else None,
        beyond_county=yes(values.get(f"{slot}.beyond_county")) if away else None,
        unable=Unable(str(unable)) if unable else None,
    )  # fmt: skip


def _carer(values: Mapping[str, Value], known: Mapping[str, GrownUp]) -> GrownUp | None:
    """Who is named as carer: somebody of the family who stands there already, or somebody else."""
    relation = values.get(f"{CARER}.relation")
    said = Relation(str(relation)) if relation else Relation.other
    one = _one(CARER, said, values)
    if one is None:
        return None
    for slot, other in known.items():
        if other.name == one.name:
            phone, number = one.phone or other.phone, other.id_number or one.id_number
            both = {"slots": (CARER, slot), "phone": phone, "id_number": number}
            return GrownUp(**{**vars(other), **both})
    return one


def family_problems(people: tuple[GrownUp, ...], birth: date, today: date) -> list[Problem]:
    """What keeps a row from being a new file: an age, nobody who decides, nobody who is there."""
    found = []
    if age_on(birth, today) >= ADULT:
        found.append(Problem("birth_date", CellFault.over_18))
    if not any(one.is_guardian for one in people):
        found.append(Problem("father.name", CellFault.guardian_missing))
    elif not any(one.is_carer and not one.away for one in people):
        found.append(Problem("carer.name", CellFault.carer_missing))
    return found
