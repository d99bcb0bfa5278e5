"""What a question for a position is answered with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jiedui.regions.rules import Doubt, Source


@dataclass(frozen=True)
class Position:
    """A point (WGS-84 degrees) with its name, what it lies in, and who said so."""

    name: str
    within: str
    latitude: float
    longitude: float
    source: Source


@dataclass(frozen=True)
class Sure:
    """One position. Not `whole`: only the division that the text begins with is known, and
    `doubt` says why no more."""

    at: Position
    whole: bool = True
    doubt: Doubt | None = None
    kind: ClassVar[str] = "sure"


@dataclass(frozen=True)
class Unsure:
    """A person must choose among these, or (none given) say it themselves."""

    options: tuple[Position, ...]
    doubt: Doubt
    kind: ClassVar[str] = "unsure"


@dataclass(frozen=True)
class Nothing:
    """No position, and why."""

    doubt: Doubt
    kind: ClassVar[str] = "nothing"


Found = Sure | Unsure | Nothing
