"""The amounts of a county and of the country, and what held on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from jiedui.care.models.support import SupportStandard
from jiedui.care.rules.support import NATIONAL, Standard, Support, standard_on
from jiedui.core import db
from jiedui.core.errors import Missing


def get_standard(standard_id: int) -> SupportStandard:
    """The county's amount with this id; raise Missing."""
    found = db.session.get(SupportStandard, standard_id)
    if found is None:
        raise Missing
    return found


def standards(county_id: int) -> list[SupportStandard]:
    """Every amount a county has written down, newest first within a support."""
    found = select(SupportStandard).where(SupportStandard.county_id == county_id)
    rows = list(db.session.scalars(found))
    return sorted(rows, key=lambda row: (list(Support).index(row.code), -row.starts.toordinal()))


def standard_at(county_id: int, code: Support, starts: date) -> SupportStandard | None:
    """The county's amount of a support that begins on a day."""
    found = select(SupportStandard).where(
        SupportStandard.county_id == county_id,
        SupportStandard.code == code,
        SupportStandard.starts == starts,
    )
    return db.session.scalar(found)


def held_on(county_id: int, code: Support, day: date) -> Standard | None:
    """The amount that held in a county on a day: its own, else the country's."""
    own = tuple(
        Standard(row.code, row.starts, row.fen, row.per, row.source) for row in standards(county_id)
    )
    return standard_on(own, code, day) or standard_on(NATIONAL, code, day)
