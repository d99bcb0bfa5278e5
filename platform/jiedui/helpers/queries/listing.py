"""People as sheets name them: known by blind index, or by telephone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.helpers.queries.people import whole
from jiedui.helpers.rules import HelperState
from jiedui.regions.models import Region


@dataclass(frozen=True)
class Meant:
    """As much of somebody as says whether a row means them."""

    id: int
    account_id: int | None
    name: str
    phone: str
    unit_id: int | None
    state: HelperState
    capacity: int
    path: str


def _light(county_id: int) -> Select[Any]:
    columns: list[Any] = [
        Helper.id_index, Helper.id, Helper.account_id, Helper.name, Helper.phone,
        Helper.unit_id, Helper.state, Helper.capacity, Region.path,
    ]  # fmt: skip
    found = select(*columns).join(Region, Region.id == Helper.village_id)
    return found.where(Helper.county_id == county_id)


def by_indexes(county_id: int, indexes: Collection[str]) -> dict[str, Meant]:
    """Who is registered in a county with these blind indexes of identity numbers."""
    rows = db.session.execute(_light(county_id).where(Helper.id_index.in_(indexes)))
    return {row[0]: Meant(*row[1:]) for row in rows}


def reachable(county_id: int) -> list[Meant]:
    """Everybody registered in a county, to be looked up by telephone, by id."""
    return [Meant(*row[1:]) for row in db.session.execute(_light(county_id).order_by(Helper.id))]


def whole_by_indexes(county_id: int, indexes: Collection[str]) -> dict[str, Helper]:
    """The same people with everything known of them."""
    found = whole().where(Helper.county_id == county_id, Helper.id_index.in_(indexes))
    return {helper.id_index: helper for helper in db.session.scalars(found)}
