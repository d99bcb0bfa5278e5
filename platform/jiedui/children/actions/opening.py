"""Many files are opened in one act, as rows of a sheet say. Nothing is built up as objects here: a
county's twenty thousand files come in within seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jiedui.children.actions.past import CHILD, DETAIL, GROWN_UP, plain
from jiedui.children.exchange import Facts, GrownUp
from jiedui.children.models import (
    Child,
    ChildCategory,
    ChildDetail,
    FilePast,
    Guardian,
    Household,
)
from jiedui.children.queries.ledger import id_index
from jiedui.children.rules import (
    Basis,
    Category,
    ChildState,
    Circumstances,
    ParentFacts,
    Relation,
    RiskLevel,
    findings,
    left_behind_national,
    settled,
)
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act

OF_HOME = ("address", "income")


@dataclass(frozen=True)
class NewFile:
    """A row that becomes a file: what it says, its village, and the household it joins: one that
    is there, or the one of an earlier row (its place in the list), or a new one (both None)."""

    facts: Facts
    village_id: int
    home_id: int | None = None
    with_row: int | None = None


@dataclass
class Opened:
    """A file that was opened: what the record speaks of, and its household."""

    id: int
    county_id: int
    home_id: int
    __tablename__: str = "child"


@dataclass
class _Rows:
    """What goes to each table."""

    homes: list[dict[str, Any]]
    people: list[dict[str, Any]]
    children: list[dict[str, Any]]
    details: list[dict[str, Any]]
    categories: list[dict[str, Any]]
    pasts: list[dict[str, Any]]


def open_files(
    rows: Sequence[NewFile], county_id: int, *, by: By, brought_by: int | None
) -> list[Opened]:
    """Open a file for each row. The rows have been checked against the ledger in this transaction.
    Each file is entered by whoever brought the sheet (an account): a second person checks it, as
    any other file, whatever the national system has checked before."""
    ids = db.reserve(Child, len(rows))
    new_homes = [n for n, row in enumerate(rows) if row.home_id is None and row.with_row is None]
    homes = dict(zip(new_homes, db.reserve(Household, len(new_homes)), strict=True))
    known = _known_people({row.home_id for row in rows if row.home_id is not None})
    to, made = _Rows([], [], [], [], [], []), list[Opened]()
    today, now = clock.today(), clock.now()
    for n, (row, child_id) in enumerate(zip(rows, ids, strict=True)):
        home_id = homes.get(n) or row.home_id or made[row.with_row or 0].home_id
        one = Opened(child_id, county_id, home_id)
        if n in homes:
            _home(row, one, to)
            known[home_id] = [_person(p) for p in row.facts.people]
        _child(row, one, known[home_id], to, today, now)
        to.children[-1]["entered_by"] = brought_by
        made.append(one)
    for table, many in zip(
        (Household, Guardian, Child, ChildDetail, ChildCategory, FilePast),
        (to.homes, to.people, to.children, to.details, to.categories, to.pasts),
        strict=True,
    ):
        db.insert(table, many)
    for past in made:
        audit.record(Act.child_registered, past, by=by)
    return made


def _known_people(ids: set[int]) -> dict[int, list[dict[str, Any]]]:
    if not ids:
        return {}
    homes = db.session.query(Household).where(Household.id.in_(ids))
    return {
        home.id: [
            {name: getattr(g, name) for name in GROWN_UP}
            for g in sorted(home.guardians, key=lambda one: one.id)
        ]
        for home in homes
    }


def _person(one: GrownUp) -> dict[str, Any]:
    return {name: getattr(one, name, None) for name in GROWN_UP}


def _home(row: NewFile, one: Opened, to: _Rows) -> None:
    place = {"id": one.home_id, "county_id": one.county_id, "village_id": row.village_id}
    to.homes.append(place | {name: row.facts.detail[name] for name in OF_HOME})
    where = {"county_id": one.county_id, "household_id": one.home_id, "version": 1}
    to.people += [where | _person(person) for person in row.facts.people]


def _child(
    row: NewFile,
    one: Opened,
    people: list[dict[str, Any]],
    to: _Rows,
    today: date,
    now: datetime,
) -> None:
    facts, number = row.facts, row.facts.id_number.number if row.facts.id_number else None
    own = {
        "name": facts.name, "id_number": number, "birth_date": facts.birth_date, "sex": facts.sex,
        "school_stage": facts.school_stage, "boarding": facts.boarding, "risk": RiskLevel.green,
        "state": ChildState.open,
    }  # fmt: skip
    where = {
        "id": one.id, "county_id": one.county_id, "village_id": row.village_id,
        "household_id": one.home_id, "entered_at": now, "version": 1,
        "id_index": id_index(number) if number else None,
    }  # fmt: skip
    to.children.append(own | where)
    known = _circumstances(facts, people)
    found, national = findings(known, today), left_behind_national(known, today)
    counted = {"plan": found[Category.left_behind].answer, "national": national.answer}
    detail = {n: v for n, v in facts.detail.items() if n not in OF_HOME} | counted
    to.details.append(detail | {"child_id": one.id})
    wanted = settled(facts.categories, found)
    to.categories += [
        {"child_id": one.id, "category": category, "starts": today, "basis": basis}
        for category, basis in sorted(wanted.items())
    ]
    past = _past(row, own, detail, people, wanted)
    to.pasts.append({"county_id": one.county_id, "child_id": one.id, "at": now, "facts": past})


def _circumstances(facts: Facts, people: list[dict[str, Any]]) -> Circumstances:
    parents = {p["relation"]: _parent(p) for p in reversed(people)}
    return Circumstances(
        birth_date=facts.birth_date,
        rural=facts.detail["rural"],
        father=parents.get(Relation.father),
        mother=parents.get(Relation.mother),
        disability=facts.detail["disability"],
    )


def _parent(one: dict[str, Any]) -> ParentFacts:
    names = ("away", "away_since", "beyond_county", "unable", "unable_since")
    return ParentFacts(**{name: one[name] for name in names})


def _past(
    row: NewFile,
    own: dict[str, Any],
    detail: dict[str, Any],
    people: list[dict[str, Any]],
    wanted: Any,
) -> dict[str, Any]:
    """The same facts that actions.past keeps of a file after a change."""
    said = {n: plain(own[n]) for n in CHILD} | {n: plain(detail[n]) for n in DETAIL}
    categories: dict[Category, Basis] = dict(wanted)
    return said | {
        "close_reason": None,
        "village": row.village_id,
        "address": row.facts.detail["address"],
        "income": row.facts.detail["income"],
        "categories": categories,
        "evidence": {},
        "grown_ups": [{n: plain(person[n]) for n in GROWN_UP} for person in people],
    }
