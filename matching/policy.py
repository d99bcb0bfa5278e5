"""What a county decides about the match: weights, limits and rules, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from matching.shapes import TRAVEL

TOTAL = 1000
PARTS = (
    "base",
    "skill",
    "travel",
    "slot",
    "language",
    "waiting",
    "siblings",
    "willing",
    "continuity",
    "known_to_child",
    "text",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Weights are relative; `points` turns them into whole points that add up to 1000.

    >>> Policy().points["base"], sum(Policy().points.values())
    (1, 1000)
    """

    skill: float = 260
    travel: float = 200
    slot: float = 160
    language: float = 110
    waiting: float = 80
    siblings: float = 20
    willing: float = 60
    continuity: float = 60
    known_to_child: float = 49
    text: float = 0
    max_helpers_per_child: int = 2
    min_companionship_months: int = 6
    sex_rule: bool = True  # no man alone, in person, with a girl
    default_max_km: float = 15.0
    detour: float = 1.3  # road kilometres for one kilometre as the crow flies
    km_per_hour: Mapping[str, float] = field(
        default_factory=lambda: {"walk": 4.5, "ebike": 20.0, "bus": 25.0, "car": 40.0}
    )
    far_minutes: int = 90  # from here on the way gives no more points
    waiting_days_full: int = 90  # waiting longer earns no more
    spare_slots: int = 2  # common slots beyond those needed that still earn points
    timetable: bool = True  # off: capacities only, weekly slots may clash
    alternatives: int = 3

    def __post_init__(self) -> None:
        """Refuse weights and limits that make no sense."""
        if any(self.weight(part) < 0 for part in PARTS[1:]):
            raise ValueError("weights: must not be negative")
        if sum(self.weight(part) for part in PARTS[1:]) <= 0:
            raise ValueError("weights: at least one must be positive")
        if self.detour < 1:
            raise ValueError("detour: must be at least 1")
        if set(TRAVEL) - set(self.km_per_hour):
            raise ValueError("km_per_hour: a speed is missing")

    def weight(self, part: str) -> float:
        """The relative weight of one part."""
        return float(getattr(self, part))

    @property
    def points(self) -> dict[str, int]:
        """Whole points by part, by largest remainder; `base` is 1, so a possible pair has some."""
        total = sum(self.weight(part) for part in PARTS[1:])
        exact = {part: self.weight(part) / total * (TOTAL - 1) for part in PARTS[1:]}
        points = {"base": 1} | {part: int(value) for part, value in exact.items()}
        short = TOTAL - sum(points.values())
        by_remainder = sorted(exact, key=lambda part: (points[part] - exact[part], part))
        for part in by_remainder[:short]:
            points[part] += 1
        return points

    @property
    def min_companionship_days(self) -> int:
        """The shortest companionship in days; a month counts as thirty."""
        return self.min_companionship_months * 30

    def metres_per_minute(self, travel: str) -> int:
        """Metres as the crow flies covered in a minute, the detour taken into account."""
        return max(1, round(self.km_per_hour[travel] * 1000 / 60 / self.detour))

    def with_weights(self, weights: Mapping[str, float]) -> Policy:
        """The same policy with other weights, as FitScorer learns them."""
        return replace(self, **dict(weights))  # type: ignore[arg-type]
