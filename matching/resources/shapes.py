"""What is offered, wished and proposed: plain rows and plain values; codes, no words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

STAGES = ("goods", "money")
BARRIERS = ("kind", "size", "expired", "too_far", "purpose", "term", "ceiling")
PARTS = ("fit", "distance", "expiry", "urgency", "waiting")
UNMET = ("nothing_offered", "all_barred", "used_elsewhere", "not_whole")


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """Things of one kind, in pieces; sizes on the kind's own scale (cm, years)."""

    id: int
    kind: str
    quantity: int
    size_from: int | None = None  # None: for any size
    size_to: int | None = None
    expires: date | None = None  # the last day on which it is of use
    brought: bool = True  # the donor brings it, max_km at most; else it is fetched
    max_km: float | None = None  # None: as far as the county's own reach
    lat: float | None = None
    lon: float | None = None
    township_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """Earmarked money, in whole fen."""

    id: int
    fen: int
    purposes: frozenset[str] = frozenset()  # kinds that may be bought; empty: every kind
    starts: date | None = None
    ends: date | None = None  # the last day on which it may be spent
    most_fen: int | None = None  # dearest piece it may buy


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """So many pieces of one kind; `whole`: all of them or none."""

    id: int
    kind: str
    quantity: int = 1
    whole: bool = False
    size: int | None = None
    ceiling_fen: int | None = None  # price of one piece at most; None: money cannot meet it
    urgency: str = "normal"
    waiting_days: int = 0
    lat: float | None = None
    lon: float | None = None
    township_id: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One offer for one wish: what bars it, or its points a unit by part."""

    barriers: tuple[str, ...]
    parts: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    beyond: Mapping[str, int] = field(
        default_factory=dict
    )  # per barrier: by how much, if it has one

    @property
    def points(self) -> int:
        """All parts together."""
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class Allocation:
    """So many units of one offer for one wish: pieces of goods, or fen of a fund."""

    offer_id: int
    wish_id: int
    units: int
    judged: Judgement


@dataclass(frozen=True, slots=True)
class Unmet:
    """Units of a wish that stay unmet at a stage, and why: one of UNMET."""

    wish_id: int
    units: int
    reason: str


@dataclass(frozen=True, slots=True)
class Prices:
    """What one unit is worth at each offer, wish and group: together they bound every plan."""

    offer: Mapping[int, int]
    wish: Mapping[int, int]
    group: Mapping[tuple[str, int | None], int]


@dataclass(frozen=True, slots=True)
class Split:
    """Two cases that leave out no plan: the wish gets at most `units`, or at least a lot more."""

    wish_id: int
    units: int
    at_most: Prices | Split
    more: Prices | Split


@dataclass(frozen=True, slots=True)
class StagePlan:
    """The allocations of one stage, with what proves them; gap 0 means none is better."""

    stage: str
    allocations: tuple[Allocation, ...]
    unmet: tuple[Unmet, ...]
    total: int  # points of all units, and what fairness adds
    bound: int  # no plan has more
    proof: tuple[Prices | Split, ...]  # one for each market that shares no offer, wish or group
    solver: str

    @property
    def gap(self) -> float:
        """How far the total may be from the best, as a share of the bound."""
        return (self.bound - self.total) / max(1, self.bound)
