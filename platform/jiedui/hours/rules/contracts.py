"""Purchased services (政府购买服务): what a contract buys, and how delivery stands to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ContractRefusal(StrEnum):
    """Why something about a contract is refused."""

    not_an_agency = "not an agency"
    term_backwards = "term backwards"
    nothing_bought = "nothing bought"
    no_price = "no price"
    number_there = "number there"
    closed_already = "closed already"
    still_running = "still running"
    other_line = "other line"


class Pace(StrEnum):
    """How a contract stands."""

    to_come = "to_come"
    on_course = "on_course"
    behind = "behind"
    delivered = "delivered"
    overdue = "overdue"


@dataclass(frozen=True)
class ContractSaid:
    """What is said of a contract. `minutes` and `cases` (pairings served) are what is bought,
    `price` whole fen; `line_id` is the line of the budget it is paid from, if it is known."""

    unit_id: int
    number: str
    title: str
    starts: date
    ends: date
    minutes: int
    cases: int
    price: int
    line_id: int | None = None


def contract_fault(said: ContractSaid) -> tuple[ContractRefusal, str] | None:
    """What is wrong with a contract, and the field it belongs to."""
    checks = (
        (said.ends < said.starts, ContractRefusal.term_backwards, "ends"),
        (said.minutes < 1 and said.cases < 1, ContractRefusal.nothing_bought, "hours"),
        (said.price < 1, ContractRefusal.no_price, "price"),
    )
    return next(((code, field) for wrong, code, field in checks if wrong), None)


@dataclass(frozen=True)
class Delivered:
    """What the ledger shows of a contract in its term: minutes checked in and minutes verified in
    the list (each its own), pairings served; minutes nobody has verified count for nothing."""

    checked_in: int
    listed: int
    declared: int
    cases: int

    @property
    def minutes(self) -> int:
        """What counts towards what was bought."""
        return self.checked_in + self.listed


# Behind: less than this part of what the time gone by would want.
TOLERANCE = 0.8


def pace(bought: tuple[int, int], done: Delivered, term: tuple[date, date], today: date) -> Pace:
    """How a contract stands today: all delivered, its term over without that (overdue), behind the
    time gone by, on course. `bought`: minutes and cases."""
    minutes, cases = bought
    if done.minutes >= minutes and done.cases >= cases:
        return Pace.delivered
    if today > term[1]:
        return Pace.overdue
    if today < term[0]:
        return Pace.to_come
    gone = ((today - term[0]).days + 1) / ((term[1] - term[0]).days + 1)
    wanted = gone * TOLERANCE * minutes
    return Pace.behind if done.minutes < wanted else Pace.on_course
