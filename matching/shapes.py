"""The plain rows that go into a round and the plain values that come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SLOTS = 21  # seven days by morning, afternoon, evening: day * 3 + part
FREQUENCIES = ("weekly", "fortnightly", "monthly", "n_per_week")
MODES = ("in_person", "online", "phone")
TRAVEL = ("walk", "ebike", "bus", "car")
CLASSES = ("red", "yellow", "normal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What one child, or the children of one household together, ask for."""

    id: int
    kind: str
    child_ids: tuple[int, ...] = ()
    household_id: int | None = None
    subjects: frozenset[str] = frozenset()
    stage: str | None = None
    mode: str = "in_person"
    lat: float | None = None
    lon: float | None = None
    township_id: int | None = None
    slots: frozenset[int] = frozenset()
    frequency: str = "weekly"
    times_per_week: int = 1
    demand: int = 1
    languages: frozenset[str] = frozenset()
    child_sex: str | frozenset[str] = frozenset()
    wished_sex: str | None = None
    credential: str | None = None
    starts: date | None = None
    ends: date | None = None
    urgency: str = "normal"
    risk_red: bool = False
    waiting_days: int = 0
    consent: bool = True
    living_helpers: tuple[int, ...] = ()
    helpers_now: int | None = None  # of the child who has most; None: len(living_helpers)
    at_home: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """A volunteer, a social worker, or a team that comes together as one helper."""

    id: int
    kind: str = "volunteer"
    sex: str | None = None
    offers: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    credentials: frozenset[str] = frozenset()
    cleared: bool = True
    modes: frozenset[str] = frozenset({"in_person"})
    lat: float | None = None
    lon: float | None = None
    township_id: int | None = None
    village_id: int | None = None
    max_km: float | None = None
    travel: str = "ebike"
    slots: frozenset[int] = frozenset()
    busy_slots: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    capacity: int = 1
    living: int = 0
    periods: tuple[tuple[date, date | None], ...] = ()
    household_related: frozenset[int] = frozenset()
    unit_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """What is already known about single pairs; rows that name nobody in the round are ignored."""

    blocked: tuple[tuple[int, int], ...] = ()  # need, helper
    related: tuple[tuple[int, int], ...] = ()  # need, helper
    willing: tuple[tuple[int, int], ...] = ()  # need, helper
    continuity: tuple[tuple[int, int], ...] = ()  # child, helper
    pinned: tuple[tuple[int, int, int | None], ...] = ()  # need, helper, slot


@dataclass(frozen=True, slots=True)
class Candidate:
    """One need and one helper side by side: either barriers, or a score with its parts."""

    need_id: int
    helper_id: int
    slot: int | None
    score: int
    parts: Mapping[str, int]
    km: float | None  # 0.0 when nobody travels, None when a place is not known
    minutes: int | None
    common_slots: tuple[int, ...]
    certainty: float
    missing: tuple[str, ...]
    barriers: tuple[str, ...]

    @property
    def admissible(self) -> bool:
        """Whether no rule stands against this pair."""
        return not self.barriers


@dataclass(frozen=True, slots=True)
class Pair:
    """One proposed pair, what else was possible, and what it costs."""

    candidate: Candidate
    seat: int  # 1 for the first helper of a need, 2 for the second
    pinned: bool = False
    other_helpers: tuple[tuple[int, int], ...] = ()  # helper id, score; best first
    other_needs: tuple[tuple[int, int], ...] = ()  # need id, score; best first
    need_forgoes: int = 0  # points below the need's own best
    helper_forgoes: int = 0  # points below the helper's own best
    whole_loses_for_need: int = 0  # what all together lose, at least, if the need had its best
    whole_loses_for_helper: int = 0

    @property
    def need_id(self) -> int:
        """The need's id."""
        return self.candidate.need_id

    @property
    def helper_id(self) -> int:
        """The helper's id."""
        return self.candidate.helper_id

    @property
    def slot(self) -> int | None:
        """The weekly slot that is held, None when none is."""
        return self.candidate.slot

    @property
    def score(self) -> int:
        """The score of the pair, 1 to 1000."""
        return self.candidate.score


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need that is left with open places, and how many helpers each barrier stops."""

    need_id: int
    places: int
    reason: str  # nobody_admissible, needed_elsewhere or child_has_enough_helpers
    admissible: int  # helpers against whom no rule stands
    barriers: Mapping[str, int]
    only_barrier: Mapping[str, int]  # helpers whom nothing but this one barrier stops


@dataclass(frozen=True, slots=True)
class Prices:
    """The dual prices: what one more place, weekly slot or place at a child would be worth."""

    helper: Mapping[int, int] = field(default_factory=dict)
    slot: Mapping[tuple[int, int], int] = field(default_factory=dict)  # helper id, slot
    child: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Split:
    """A branch of a proof: two needs that share a child cannot both have the slot."""

    first_need: int
    second_need: int
    slot: int
    without_first: Prices | Split
    without_second: Prices | Split


@dataclass(frozen=True, slots=True)
class Plan:
    """The result of a round: the pairs, who is left, and the proof."""

    pairs: tuple[Pair, ...]
    unmet: tuple[Unmet, ...]
    tuple_: tuple[int, int, int, int]  # places met of class red, yellow, normal; total score
    objective: int
    bound: int
    gap: float
    solver: str
    prices: Prices
    proof: Prices | Split  # the prices, or a tree of them where children's timetables clashed
    refused_pins: tuple[tuple[int, int, tuple[str, ...]], ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)
