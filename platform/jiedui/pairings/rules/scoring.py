"""Versions of the weights that endings taught, and what they mean for groups of children."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from jiedui.core.states import Transitions

LEAST = 5  # fewer are not shown: one could tell who they are


class ScoringState(StrEnum):
    """Where a version stands."""

    learning = "learning"
    draft = "draft"
    active = "active"
    retired = "retired"
    failed = "failed"


SCORING_MOVES = Transitions(
    {
        ScoringState.learning: {ScoringState.draft, ScoringState.failed},
        ScoringState.draft: {ScoringState.active},
        ScoringState.active: {ScoringState.retired},
        ScoringState.retired: {ScoringState.active},
    }
)


class Verdict(StrEnum):
    """What came of learning; only what is surely better may be switched on. The engine's codes."""

    too_few = "too_few"
    one_sided = "one_sided"
    not_better = "not_better"
    better = "better"


class ScoringRefusal(StrEnum):
    """Why something about a version is refused."""

    runs = "learning runs"
    not_better = "not surely better"
    wrong_state = "not in this state"


class Grouping(StrEnum):
    """By what children are compared. None of it is ever learned from."""

    sex = "sex"
    category = "category"
    township = "township"


@dataclass(frozen=True)
class Wished:
    """One child's wish: to which groups it belongs, whether all agreed to a pair and after how many
    days (or how long it has waited), and how many of its pairings were kept and ended early."""

    groups: Mapping[Grouping, frozenset[str]]
    matched: bool
    days: int
    kept: int = 0
    early: int = 0


@dataclass(frozen=True)
class Group:
    """Figures of one group; None where they stand for fewer than five."""

    name: str
    wishes: int | None
    matched: int | None = None
    days: int | None = None
    good: int | None = None


def group_of(name: str, wished: list[Wished]) -> Group:
    """Shares in per cent: wishes matched, pairings kept of those whose outcome is known."""
    if len(wished) < LEAST:
        return Group(name, None)
    known = sum(one.kept + one.early for one in wished)
    return Group(
        name=name,
        wishes=len(wished),
        matched=round(100 * sum(one.matched for one in wished) / len(wished)),
        days=round(median(one.days for one in wished)),
        good=round(100 * sum(one.kept for one in wished) / known) if known >= LEAST else None,
    )


def groups_by(grouping: Grouping, wished: Iterable[Wished]) -> list[Group]:
    """Every group of one kind, by name. A child of several categories counts in each."""
    found: dict[str, list[Wished]] = {}
    for one in wished:
        for name in one.groups.get(grouping, ()):
            found.setdefault(name, []).append(one)
    return [group_of(name, found[name]) for name in sorted(found)]


def apart(groups: Iterable[Group], figure: str) -> int | None:
    """How far the highest and the lowest shown group lie apart; None of fewer than two."""
    values = [value for one in groups if (value := getattr(one, figure)) is not None]
    return max(values) - min(values) if len(values) > 1 else None


def may_be_on(verdict: Verdict | None) -> ScoringRefusal | None:
    """Whether a version may be switched on."""
    return None if verdict is Verdict.better else ScoringRefusal.not_better
