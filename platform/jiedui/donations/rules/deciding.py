"""Who decides what goes where, and when a second person looks too: states, the county's sum,
what is refused. Money is whole fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from jiedui.core.states import Transitions


class DecisionState(StrEnum):
    """Whether a decision may be carried out. Free: its sum needs no second person."""

    free = "free"
    waiting = "waiting"
    agreed = "agreed"
    refused = "refused"


DECISION_MOVES = Transitions({DecisionState.waiting: {DecisionState.agreed, DecisionState.refused}})
HELD = (DecisionState.waiting, DecisionState.refused)  # nothing of it may be sent


class DecidingRefusal(StrEnum):
    """Why somebody may not decide, or not yet."""

    related = "related"
    decider_related = "decider related"
    cleared_by_self = "cleared by self"
    second_missing = "second missing"
    first_person = "first person"
    answered = "answered"
    none_left = "none left"
    plan_over = "plan over"
    nothing_to_plan = "nothing to plan"
    reversed_already = "reversed already"
    same_amount = "same amount"
    no_consent = "no consent"
    goods_stay = "goods stay"
    same_earmark = "same earmark"
    not_received = "not received"


def wants_second(sums: Mapping[int, int], before: Mapping[int, int], limit: int) -> bool:
    """Whether a decision waits for a second person: all of it together, or what the same person
    has decided of one gift on this day, reaches the county's limit. `sums` is what is decided now
    by gift, `before` what was decided earlier that day, in fen.

    >>> wants_second({1: 150_000}, {}, 200_000)
    False
    >>> wants_second({1: 150_000}, {1: 50_000}, 200_000)
    True
    >>> wants_second({1: 100_000, 2: 100_000}, {}, 200_000)
    True
    """
    if sum(sums.values()) >= limit:
        return True
    return any(sums[gift] + before.get(gift, 0) >= limit for gift in sums)


class AskedBy(StrEnum):
    """How a giver was asked whether an earmark may be changed."""

    in_person = "in_person"
    telephone = "telephone"
    letter = "letter"
    message = "message"


class GiverAnswer(StrEnum):
    """What the giver said."""

    yes = "yes"
    no = "no"
