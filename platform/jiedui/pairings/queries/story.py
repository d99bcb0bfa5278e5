"""What one pairing's page tells: how it came about, who decided, what has to hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from jiedui.access import queries as accounts
from jiedui.children import queries as children
from jiedui.children.rules import Purpose
from jiedui.core import clock
from jiedui.helpers import queries as helpers
from jiedui.helpers.rules import PASSING
from jiedui.pairings.models import Pairing, PairingMove
from jiedui.pairings.queries.answers import all_say
from jiedui.pairings.rules import (
    CloseReason,
    EndReason,
    PairingState,
    PauseReason,
    RejectReason,
)

ACCEPTED = "accepted"
REASONS: dict[PairingState, type[StrEnum]] = {
    PairingState.rejected: RejectReason,
    PairingState.paused: PauseReason,
    PairingState.closing: CloseReason,
    PairingState.closed: CloseReason,
    PairingState.expired: EndReason,
}


@dataclass(frozen=True)
class Step:
    """One step as the page tells it: what it became, why, who did it and in whose place."""

    at: datetime
    state: PairingState
    reason: StrEnum | None
    who: str
    place_of: str
    accepted: bool = False


def steps(pairing: Pairing) -> list[Step]:
    """A pairing's steps, newest first."""
    ids = {i for move in pairing.moves for i in (move.by_account, move.acting_for) if i}
    names = accounts.names_of(ids)
    return [_step(move, names) for move in reversed(pairing.moves)]


def _step(move: PairingMove, names: dict[int, str]) -> Step:
    kind = REASONS.get(move.new)
    known = kind is not None and move.reason in {r.value for r in kind}
    return Step(
        at=move.at,
        state=move.new,
        reason=kind(move.reason) if kind is not None and known else None,  # type: ignore[arg-type]
        who=names.get(move.by_account or 0, ""),
        place_of=names.get(move.acting_for or 0, ""),
        accepted=move.reason == ACCEPTED,
    )


@dataclass(frozen=True)
class Gate:
    """One thing that has to hold: a gate of vetting, or an answer. `name` has words."""

    name: StrEnum
    holds: bool
    state: StrEnum | None = None
    seen: date | None = None
    until: date | None = None


def gates(pairing: Pairing) -> list[Gate]:
    """The helper's gates, each with the day on which it was seen, and until which it holds."""
    facts = {fact.gate: fact for fact in pairing.helper.facts}  # the latest of each
    found = []
    for gate, state in helpers.gate_states(pairing.helper).items():
        fact = facts.get(gate)
        seen, until = (fact.done_on, fact.valid_until) if fact else (None, None)
        found.append(Gate(gate, state in PASSING, state, seen, until))
    return found


@dataclass(frozen=True)
class Agreed:
    """Whether guardian and child agree, over all children of the need; None: not asked."""

    guardian: bool | None
    child: bool | None


def to_matching(pairing: Pairing) -> Agreed:
    """What was said about help at all, before anybody was named."""
    said = [children.stands(child, Purpose.matching) for child in pairing.need.children]
    return Agreed(all_say(g for g, _ in said), all_say(c for _, c in said))


def days_left(moment: datetime | None) -> int | None:
    """Whole days on the calendar until a moment; negative once it is past."""
    if moment is None:
        return None
    return (clock.local(moment).date() - clock.today()).days
