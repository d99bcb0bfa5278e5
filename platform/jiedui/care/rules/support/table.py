"""The table of supports as the law has them: read from data, each version with its days."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from jiedui.care.rules.support.facts import BadRule, read

FILE = Path(__file__).resolve().parents[2] / "data" / "support.toml"


class Support(StrEnum):
    """What a child may be given (county plan 4.3; mission P3.1 to P3.3)."""

    minimum_allowance = "minimum_allowance"
    destitution_support = "destitution_support"
    orphan_allowance = "orphan_allowance"
    unattended_allowance = "unattended_allowance"
    temporary_relief = "temporary_relief"
    disability_living = "disability_living"
    disability_nursing = "disability_nursing"
    exemptions = "exemptions"
    living_subsidy = "living_subsidy"
    nutrition = "nutrition"
    boarding_place = "boarding_place"
    insurance_aid = "insurance_aid"
    medical_aid = "medical_aid"
    check_up = "check_up"
    vaccination = "vaccination"
    rehabilitation = "rehabilitation"


# A child has one of these at a time (特困办法 art. 9; 民发〔2019〕62号: not an orphan).
ONE_OF = (
    Support.destitution_support,
    Support.orphan_allowance,
    Support.unattended_allowance,
)


class Way(StrEnum):
    """How a support comes to a child."""

    claim = "claim"
    service = "service"
    wish = "wish"
    itself = "itself"


class At(StrEnum):
    """Where one applies."""

    township = "township"
    school = "school"
    insurance = "insurance"
    health = "health"
    disabled_federation = "disabled_federation"


class Per(StrEnum):
    """What an amount is for."""

    month = "month"
    school_day = "school day"
    year = "year"


@dataclass(frozen=True)
class Rule:
    """One version of a rule. `first_days` and `days` are working days after the application,
    `notice` further calendar days; None where the law names none. `renew` in months."""

    code: Support
    kind: Way
    starts: date
    until: date | None
    who: ast.expr
    unless: ast.expr | None
    keeps: ast.expr | None
    at: At
    first_days: int | None
    days: int | None
    notice: int
    next_month: bool
    renew: int | None
    source: str

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on a day (the last day still counts)."""
        return self.starts <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Standard:
    """An amount in fen that holds from a day until the next begins, with where it is written."""

    code: Support
    starts: date
    fen: int
    per: Per
    source: str


def rule_of(row: Mapping[str, Any]) -> Rule:
    """A version of a rule from data; raise BadRule when it asks for what is not a fact."""

    def asked(name: str) -> ast.expr | None:
        return read(row[name]) if name in row else None

    return Rule(
        code=Support(row["code"]),
        kind=Way(row["kind"]),
        starts=row["from"],
        until=row.get("until"),
        who=read(row["who"]),
        unless=asked("unless"),
        keeps=asked("keeps"),
        at=At(row["at"]),
        first_days=row.get("first_days"),
        days=row.get("days"),
        notice=row.get("notice", 0),
        next_month=row.get("next_month", False),
        renew=row.get("renew"),
        source=row["source"],
    )


def _standard(row: Mapping[str, Any]) -> Standard:
    return Standard(Support(row["code"]), row["from"], row["fen"], Per(row["per"]), row["source"])


_table = tomllib.loads(FILE.read_text(encoding="utf-8"))
RULES = tuple(rule_of(row) for row in _table["rule"])
NATIONAL = tuple(_standard(row) for row in _table.get("standard", ()))


def rule_on(code: Support, day: date) -> Rule | None:
    """The version of a rule that is in force on a day."""
    return next((rule for rule in RULES if rule.code is code and rule.holds_on(day)), None)


def newest_rule(code: Support) -> Rule:
    """The version of a rule that began last."""
    return max((rule for rule in RULES if rule.code is code), key=lambda rule: rule.starts)


def check_table(rules: tuple[Rule, ...] = RULES) -> None:
    """Raise BadRule when two versions of one rule are in force on one day."""
    for one in rules:
        for other in rules:
            if one is not other and one.code is other.code and other.holds_on(one.starts):
                raise BadRule(f"{one.code}: two versions on {one.starts}")


check_table()


def standard_on(rows: tuple[Standard, ...], code: Support, day: date) -> Standard | None:
    """The amount that holds on a day: the newest that has begun."""
    begun = [row for row in rows if row.code is code and row.starts <= day]
    return max(begun, key=lambda row: row.starts, default=None)
