"""The plan's own money, apart from gifts: lines by purpose and source, their accounts, what is
refused (专款专用). Amounts are whole fen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BudgetPurpose(StrEnum):
    """What a line of the plan's budget is for."""

    screening = "screening"
    places = "places"
    services = "services"
    training = "training"


class BudgetSource(StrEnum):
    """Where its money comes from."""

    county = "county"
    above = "above"
    lottery = "lottery"
    other = "other"


class BudgetAccount(StrEnum):
    """Where an amount can be. Each entry takes from one and puts to another."""

    treasury = "treasury"
    line = "line"
    spent = "spent"
    returned = "returned"


class BudgetRefusal(StrEnum):
    """Why something about the budget is refused."""

    line_there = "line there"
    no_amount = "no amount"
    other_purpose = "other purpose"
    term_over = "term over"
    not_enough = "not enough"
    day_ahead = "day ahead"
    payee_missing = "payee missing"
    evidence_missing = "evidence missing"
    reversed_already = "reversed already"
    spent_already = "spent already"


@dataclass(frozen=True)
class LineSaid:
    """What is said of a line; `document` is the number of the paper that grants it, `until` the
    last day on which it may be used."""

    year: int
    purpose: BudgetPurpose
    source: BudgetSource
    title: str
    document: str
    until: date


@dataclass(frozen=True)
class UseSaid:
    """What is said of a use: what for, whom it went to, what shows it (an invoice, a contract), on
    which day."""

    purpose: BudgetPurpose
    amount: int
    payee: str
    evidence: str
    on: date


def use_fault(
    said: UseSaid, purpose: BudgetPurpose, until: date, left: int, today: date
) -> tuple[BudgetRefusal, str] | None:
    """Whether a line allows a use, and the field a fault belongs to: purpose, term, balance,
    evidence. The database holds the first three once more."""
    checks = (
        (said.purpose is not purpose, BudgetRefusal.other_purpose, "purpose"),
        (said.amount < 1, BudgetRefusal.no_amount, "amount"),
        (said.on > today, BudgetRefusal.day_ahead, "on"),
        (said.on > until, BudgetRefusal.term_over, "on"),
        (said.amount > left, BudgetRefusal.not_enough, "amount"),
        (not said.payee.strip(), BudgetRefusal.payee_missing, "payee"),
        (not said.evidence.strip(), BudgetRefusal.evidence_missing, "evidence"),
    )
    return next(((code, name) for wrong, code, name in checks if wrong), None)
