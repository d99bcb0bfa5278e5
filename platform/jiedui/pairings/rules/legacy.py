"""Pairs from before the portal (原有结对): they go on, open nobody's identity that was not known,
and have a day by which the papers that are missing must be there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.helpers.rules import Gate, GateState

DAYS = 60
WEEKS = 4  # the deadlines of a list that came in on one day are spread over these


class LegacyGate(StrEnum):
    """What has to be made good, in the order in which it is asked for."""

    conduct = "conduct"
    identity = "identity"
    training = "training"
    record_check = "record_check"
    credential = "credential"
    guardian = "guardian"
    child = "child"


OF_HELPER: Mapping[Gate, LegacyGate] = {gate: LegacyGate(gate.value) for gate in Gate}
# The village hears guardian and child; the office sees to the rest.
OF_VILLAGE = frozenset({LegacyGate.guardian, LegacyGate.child})
PASSING = frozenset({GateState.good, GateState.expiring})


def missing(
    helper: Mapping[Gate, GateState], *, guardian: bool | None, child: bool | None
) -> list[LegacyGate]:
    """What a pair from before still lacks, in order."""
    open_ = {OF_HELPER[gate] for gate, state in helper.items() if state not in PASSING}
    said = {LegacyGate.guardian: guardian, LegacyGate.child: child}
    open_ |= {gate for gate, answer in said.items() if not answer}
    return [gate for gate in LegacyGate if gate in open_]


def due(came_in: date, number: int) -> date:
    """Until when the papers of a pair are to be there: sixty days after it came in at the latest,
    some weeks earlier for the others, so that they do not all come on one day. `number` is the
    pair's."""
    return came_in + timedelta(days=DAYS - 7 * (number % WEEKS))


class PairForm(StrEnum):
    """In which form a list says that people are paired."""

    one_to_one = "one_to_one"
    many_to_one = "many_to_one"
    one_to_many = "one_to_many"
    team = "team"


class PairFault(StrEnum):
    """Why a row of a list of pairs becomes no pair from before."""

    child_unclear = "child unclear"
    child_unknown = "child unknown"
    child_elsewhere = "child elsewhere"
    child_closed = "child closed"
    child_name_differs = "child name differs"
    child_full = "child full"
    helper_full = "helper full"
    shared = "shared"
    ended = "ended"


@dataclass(frozen=True)
class Together:
    """Since when two have known each other, as a list says it; None is not known."""

    since: date | None
    today: date

    @property
    def met_on(self) -> date:
        """The day that stands for their first meeting."""
        return min(self.since or self.today, self.today)
