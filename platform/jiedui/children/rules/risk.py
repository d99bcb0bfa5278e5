"""How a risk level moves: up by anybody at once, down by the township with a visit on record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jiedui.access.rules import Role
from jiedui.children.rules.ledger import ChildRefusal, RiskLevel

_MOST_FIRST = tuple(RiskLevel)


def above(one: RiskLevel, other: RiskLevel) -> bool:
    """Whether a level asks for more watching over than another."""
    return _MOST_FIRST.index(one) < _MOST_FIRST.index(other)


def highest(levels: Iterable[RiskLevel]) -> RiskLevel:
    """The level that asks for most; green when there is none."""
    return min(levels, key=_MOST_FIRST.index, default=RiskLevel.green)


def lowers(role: Role | None) -> bool:
    """Whether somebody in this role may lower a level (儿童督导员 only)."""
    return role is Role.township_supervisor


def risk_fault(
    old: RiskLevel, new: RiskLevel, role: Role | None, seen_on: date | None, set_on: date
) -> ChildRefusal | None:
    """Whether a level may move so. `seen_on` is the last day on which a visit saw the child,
    `set_on` the day since which the old level holds: what was seen before that day says nothing
    about it."""
    if new is old or above(new, old):
        return None
    if not lowers(role):
        return ChildRefusal.supervisor_lowers
    return ChildRefusal.visit_missing if seen_on is None or seen_on < set_on else None
