"""Finding lines of the plan's budget and their books; totals by purpose."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.donations.models import BudgetEntry, BudgetLine
from jiedui.donations.rules.budget import BudgetPurpose


def line(budget_line_id: int) -> BudgetLine:
    """The line with this id; raise Missing."""
    found = db.session.get(BudgetLine, budget_line_id)
    if found is None:
        raise Missing
    return found


def entry(budget_entry_id: int) -> BudgetEntry:
    """The entry with this id, with its line; raise Missing."""
    found = select(BudgetEntry).where(BudgetEntry.id == budget_entry_id)
    one = db.session.scalar(found.options(joinedload(BudgetEntry.line)))
    if one is None:
        raise Missing
    return one


def lines(county_id: int, year: int) -> list[BudgetLine]:
    """A year's lines by purpose, then source."""
    found = select(BudgetLine).where(BudgetLine.county_id == county_id, BudgetLine.year == year)
    order = list(BudgetPurpose)
    rows = db.session.scalars(found.order_by(BudgetLine.id))
    return sorted(rows, key=lambda one: (order.index(one.purpose), one.source, one.id))


def years(county_id: int) -> list[int]:
    """Years for which there are lines, newest first."""
    found = select(BudgetLine.year).where(BudgetLine.county_id == county_id).distinct()
    return sorted(db.session.scalars(found), reverse=True)


def services(county_id: int) -> list[BudgetLine]:
    """Lines from which services are bought, newest year first."""
    mine = BudgetLine.county_id == county_id, BudgetLine.purpose == BudgetPurpose.services
    found = select(BudgetLine).where(*mine)
    return list(db.session.scalars(found.order_by(BudgetLine.year.desc(), BudgetLine.id)))


def entries(line_id: int) -> list[BudgetEntry]:
    """The books of a line, oldest first."""
    found = select(BudgetEntry).where(BudgetEntry.line_id == line_id)
    return list(db.session.scalars(found.order_by(BudgetEntry.id)))


@dataclass(frozen=True)
class Total:
    """What the lines of a purpose add up to, in fen."""

    purpose: BudgetPurpose
    granted: int
    spent: int
    returned: int

    @property
    def left(self) -> int:
        """What may still be used."""
        return self.granted - self.spent - self.returned


def totals(rows: list[BudgetLine]) -> list[Total]:
    """Lines added up by purpose, those that have one."""
    found = []
    for purpose in BudgetPurpose:
        mine = [one for one in rows if one.purpose is purpose]
        if mine:
            sums = (sum(getattr(one, name) for one in mine)
                    for name in ("granted", "spent", "returned"))  # fmt: skip
            found.append(Total(purpose, *sums))
    return found
