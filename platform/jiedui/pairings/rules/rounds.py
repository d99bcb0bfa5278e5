"""Where a round stands, and what a person may do to the pairs of its draft."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from jiedui.access.rules import Office
from jiedui.core.states import Transitions


class RoundState(StrEnum):
    """Where a round stands."""

    queued = "queued"
    solving = "solving"
    draft = "draft"
    publishing = "publishing"
    published = "published"
    dropped = "dropped"
    failed = "failed"


ROUND_MOVES = Transitions(
    {
        RoundState.queued: {RoundState.solving, RoundState.failed, RoundState.dropped},
        RoundState.solving: {RoundState.draft, RoundState.failed, RoundState.queued},
        RoundState.draft: {RoundState.publishing, RoundState.dropped, RoundState.queued},
        RoundState.publishing: {RoundState.published, RoundState.draft},
        RoundState.failed: {RoundState.queued, RoundState.dropped},
    }
)
OPEN_ROUND = frozenset(RoundState) - {RoundState.published, RoundState.dropped}
# What these have found still counts: it was made, and nobody gave it up.
SOLVED = frozenset({RoundState.draft, RoundState.publishing, RoundState.published})


# Cards a helper may mark at the same time.
WILLING_MOST = 3
# Offices that look at lists and approve pairs.
MATCHING_OFFICES = frozenset({Office.youth_league, Office.womens_federation, Office.civil_affairs})


class RoundKind(StrEnum):
    """Who started it: a timer has no human proposer."""

    by_hand = "by_hand"
    timer = "timer"


class SuggestionState(StrEnum):
    """What became of a suggested pair in its draft."""

    kept = "kept"
    pinned = "pinned"
    removed = "removed"
    published = "published"


class RemoveReason(StrEnum):
    """Why a coordinator takes a pair out; the next round knows."""

    known_conflict = "known_conflict"
    not_suitable = "not_suitable"
    too_far_in_fact = "too_far_in_fact"
    already_helped = "already_helped"
    wait_for_other = "wait_for_other"


def has_human_hand(states: Iterable[SuggestionState], hands: Iterable[int | None]) -> bool:
    """Whether a person has already worked on a draft: pinned, removed, made or changed a pair."""
    worked = {SuggestionState.pinned, SuggestionState.removed}
    return bool(worked & set(states)) or any(hand is not None for hand in hands)


class RoundRefusal(StrEnum):
    """Why something about a round, a draft, a ranking or a card is refused."""

    round_open = "round open"
    round_not_draft = "round not draft"
    not_in_draft = "not in draft"
    nothing_to_publish = "nothing to publish"
    reason_missing = "reason missing"
    barrier = "barrier"
    no_such_need = "no such need"
    no_such_helper = "no such helper"
    need_in_other_list = "need in other list"
    helper_in_other_list = "helper in other list"
    pair_lives = "pair lives"
    ranking_runs = "ranking runs"
    willing_three = "willing three"
    not_cleared = "not cleared"
    does_not_fit = "does not fit"


def proposers(*hands: int | None) -> list[int]:
    """Who may not approve a pair: everybody who had a hand in it."""
    return sorted({hand for hand in hands if hand is not None})


class PairChange(StrEnum):
    """What a person does to a pair of a draft."""

    pin = "pin"
    unpin = "unpin"
    remove = "remove"
    put_back = "put_back"
    instead = "replace"


def number_in(said: str) -> int | None:
    """The number in a code as people write it: N-0123, n 123, 123."""
    digits = "".join(said.split()).lstrip("NnVv-").lstrip("-")
    return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) < 10 else None
