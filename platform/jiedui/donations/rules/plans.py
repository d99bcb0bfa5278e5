"""A proposal which gifts go to which wishes: what stands in it, and why a wish is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from jiedui.core.states import Transitions

REACH_KM = 80.0  # as far as goods are brought within a county
EXPLAINED = 60  # wishes left, the most urgent ones first, of which it is said what would help
AT_ONCE = 60  # lines on a page, decided together


class PlanState(StrEnum):
    """One proposal is open at a time; a new one sets it aside."""

    open = "open"
    set_aside = "set_aside"


PLAN_MOVES = Transitions({PlanState.open: {PlanState.set_aside}})


class LineState(StrEnum):
    """What became of a line."""

    proposed = "proposed"
    taken = "taken"
    left_out = "left_out"  # its wish or its stock was gone when somebody decided


class LeftWhy(StrEnum):
    """Why a wish is left, the least hopeful first (the engine's words)."""

    nothing_offered = "nothing_offered"
    all_barred = "all_barred"
    used_elsewhere = "used_elsewhere"
    not_whole = "not_whole"


class Helps(StrEnum):
    """What would change it."""

    more = "more"  # one more gift of this kind
    nearer = "nearer"  # a gift that travels so many kilometres further
    longer = "longer"  # a gift whose term holds so many days longer
    purpose = "purpose"  # money whose giver agrees to another purpose


@dataclass(frozen=True)
class Proposed:
    """So much of a gift for a wish. `why` holds plain figures: points by part, kilometres, days
    waited and left, and how many wishes of this kind of the township are asked and met."""

    gift_id: int
    wish_id: int
    amount: int
    why: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Left:
    """A wish that gets nothing, why, and what would change it (by how much; of which gift)."""

    wish_id: int
    reason: LeftWhy
    helps: Helps = Helps.more
    by: int = 0
    gift_id: int | None = None


@dataclass(frozen=True)
class Proposal:
    """What the engine proposes. `gap` is how far the pieces may be from the best, in points."""

    lines: tuple[Proposed, ...]
    left: tuple[Left, ...]
    gap: int
