"""What may follow what: a transition table that a rule reads and an action obeys."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

S = TypeVar("S", bound=StrEnum)


class IllegalMove(Exception):
    """A state was asked to become one that cannot follow it."""


class Transitions(Generic[S]):
    """From each state, the states that may follow; a state without an entry is an end."""

    def __init__(self, table: Mapping[S, frozenset[S] | set[S]]) -> None:
        self.table = {state: frozenset(after) for state, after in table.items()}

    def allows(self, old: S, new: S) -> bool:
        """Whether `new` may follow `old`."""
        return new in self.table.get(old, frozenset())

    def require(self, old: S, new: S) -> None:
        """Raise IllegalMove unless `new` may follow `old`."""
        if not self.allows(old, new):
            raise IllegalMove(f"{old} -> {new}")

    def ends(self) -> frozenset[S]:
        """States after which nothing follows."""
        follow = frozenset().union(*self.table.values()) | frozenset(self.table)
        return frozenset(s for s in follow if not self.table.get(s))
