"""What the people of each unit gave: the same entries, by the unit their helper comes with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from jiedui.access.rules import Actor
from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.hours.models import ServiceSession
from jiedui.hours.queries.sums import between
from jiedui.hours.rules import SUMMED, Book, Evidence
from jiedui.partners.models import Unit

Minutes = dict[Book, dict[Evidence, int]]


@dataclass(frozen=True)
class UnitHours:
    """One unit (None: people who come with none), how many of its people served, their minutes."""

    unit_id: int | None
    name: str
    helpers: int
    minutes: Minutes


def by_unit(
    county_id: int, start: date | None = None, end: date | None = None, only: int | None = None
) -> list[UnitHours]:
    """Every unit whose people have an entry between two days (both count), by name; those without
    a unit last. `only` is one unit."""
    conditions: list[ColumnElement[bool]] = [
        ServiceSession.county_id == county_id,
        ServiceSession.state.in_(SUMMED),
        *between(start, end),
    ]
    if only is not None:
        conditions.append(Helper.unit_id == only)
    return _named(_minutes(conditions), _helpers(conditions))


def _minutes(conditions: list[ColumnElement[bool]]) -> dict[int | None, Minutes]:
    found = (
        select(
            Helper.unit_id, ServiceSession.book, ServiceSession.evidence,
            func.sum(ServiceSession.minutes),
        )
        .join(Helper, Helper.id == ServiceSession.helper_id)
        .where(*conditions)
        .group_by(Helper.unit_id, ServiceSession.book, ServiceSession.evidence)
    )  # fmt: skip
    sums: dict[int | None, Minutes] = {}
    for unit, book, evidence, minutes in db.session.execute(found):
        mine = sums.setdefault(unit, {b: dict.fromkeys(Evidence, 0) for b in Book})
        mine[book][evidence] = int(minutes)
    return sums


def _helpers(conditions: list[ColumnElement[bool]]) -> dict[int | None, int]:
    found = (
        select(Helper.unit_id, func.count(func.distinct(ServiceSession.helper_id)))
        .join(Helper, Helper.id == ServiceSession.helper_id)
        .where(*conditions)
        .group_by(Helper.unit_id)
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def _named(sums: dict[int | None, Minutes], helpers: dict[int | None, int]) -> list[UnitHours]:
    names = {u.id: u.name for u in db.session.scalars(select(Unit).where(Unit.id.in_(helpers)))}
    rows = [UnitHours(u, names.get(u or 0, ""), helpers[u], sums[u]) for u in sums]
    return sorted(rows, key=lambda one: (one.unit_id is None, one.name))


def visible_units(actor: Actor, start: date, end: date) -> list[UnitHours]:
    """What somebody may see of it: whoever speaks for a unit its own, the offices all."""
    return by_unit(actor.county_id, start, end, only=actor.unit_id)
