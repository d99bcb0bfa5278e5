"""How far villages are from a place for their children, and where more of these would help."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from jiedui.partners.rules import PlaceKind

WALK_KMH = 4.0
# Places children go to after school and at weekends. A school is one only for its own pupils, a
# shelter and a welfare institution take in whom somebody brings.
FOR_ALL = (PlaceKind.childrens_home, PlaceKind.youth_palace, PlaceKind.practice_centre)
MOST_PLACES = 20
FEW = 5  # children of a village: fewer are no number but for those who may open their files


class CoverageRefusal(StrEnum):
    """Why no proposal is worked out."""

    at_work = "at work"
    nothing_known = "nothing known"


@dataclass(frozen=True)
class Walk:
    """How children get there: minutes on foot that are near enough, and how much longer a way is
    than the straight line, in per cent (135: a third longer)."""

    minutes: int
    detour: int

    @property
    def metres(self) -> float:
        """The straight line in metres that is near enough."""
        return self.minutes / 60 * WALK_KMH * 1000 * 100 / self.detour

    def needed(self, metres: float) -> int:
        """Minutes on foot for a straight line in metres, rounded up."""
        return ceil(metres * self.detour / 100 / 1000 / WALK_KMH * 60)


@dataclass(frozen=True)
class Spot:
    """A village as the engine needs it: its number, where it lies, children on file."""

    village_id: int
    point: tuple[float, float]
    children: int


@dataclass(frozen=True)
class Proposed:
    """One more place: in which village, how many more children and which villages it would bring
    near, those of places before it in the list left out."""

    village_id: int
    children: int
    villages: tuple[int, ...]


@dataclass(frozen=True)
class Proposal:
    """Where more places would bring most children near: children near one now, then, and of all;
    whether it is proven that no other villages would do more."""

    places: tuple[Proposed, ...]
    before: int
    after: int
    total: int
    proven: bool
