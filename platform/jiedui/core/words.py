"""Labels of enumeration members, registered by each room's words.py and looked up at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

_by_type: dict[type[StrEnum], dict[StrEnum, Any]] = {}


class Unworded(Exception):
    """A member of an enumeration has no words: a person would read a code."""


def say(kind: type[StrEnum], labels: Mapping[Any, Any]) -> None:
    """Give every member of an enumeration its words (lazily translated strings)."""
    missing = [m for m in kind if m not in labels]
    if missing:
        raise Unworded(f"{kind.__name__}: {', '.join(missing)}")
    _by_type[kind] = {m: labels[m] for m in kind}


def worded() -> frozenset[type[StrEnum]]:
    """Every enumeration that has words."""
    return frozenset(_by_type)


def label(member: StrEnum | None, **facts: Any) -> str:
    """The words of a member in the reader's language; facts fill its %(name)s places."""
    if member is None:
        return "–"
    text = str(label_of(member))
    return text % facts if facts else text


def label_of(member: StrEnum) -> Any:
    """The words of a member as they were registered: lazy, in no language yet."""
    try:
        return _by_type[type(member)][member]
    except KeyError:
        raise Unworded(f"{type(member).__name__}.{member}") from None


def choices(kind: type[StrEnum], *only: Any) -> list[tuple[str, Any]]:
    """Value and words of each member, in order, for a form field."""
    return [(m.value, _by_type[kind][m]) for m in (only or kind)]
