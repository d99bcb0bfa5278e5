"""What the engine says of a pair, as enumerations: parts of a score, barriers, reasons, gaps.

The values are the engine's own codes, so that what it stores can be put into words by type.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.pairings.rules.rounds import RemoveReason


class Step(StrEnum):
    """How far a round or a ranking has come."""

    reading = "reading"
    solving = "solving"
    saving = "saving"


class Part(StrEnum):
    """Parts of a score, in the order of the page; they add up to it."""

    skill = "skill"
    travel = "travel"
    slot = "slot"
    language = "language"
    waiting = "waiting"
    siblings = "siblings"
    willing = "willing"
    continuity = "continuity"
    known_to_child = "known_to_child"
    text = "text"
    base = "base"


class Barrier(StrEnum):
    """What stops a pair outright."""

    consent = "consent"
    clearance = "clearance"
    blocked = "blocked"
    related = "related"
    risk_red = "risk_red"
    sex_rule = "sex_rule"
    wished_sex = "wished_sex"
    kind = "kind"
    mode = "mode"
    credential = "credential"
    subject = "subject"
    stage = "stage"
    language = "language"
    distance = "distance"
    dates = "dates"
    too_short = "too_short"
    no_common_slot = "no_common_slot"
    too_few_slots = "too_few_slots"
    capacity = "capacity"
    child_has_enough_helpers = "child_has_enough_helpers"


class Gap(StrEnum):
    """What is not known of a pair: no mismatch, but less certain."""

    need_place = "need_place"
    helper_place = "helper_place"
    need_languages = "need_languages"
    helper_languages = "helper_languages"
    helper_subjects = "helper_subjects"
    helper_stages = "helper_stages"
    helper_modes = "helper_modes"
    helper_periods = "helper_periods"
    need_slots = "need_slots"


# Filled in where villages are put on the map, not by whoever knows the family or the helper.
ON_THE_MAP = frozenset({Gap.need_place, Gap.helper_place})


class Reason(StrEnum):
    """The pieces of the one line that says why: each is a fact of the pair."""

    same_village = "same_village"
    same_township = "same_township"
    kilometres = "kilometres"
    online = "online"
    phone = "phone"
    weekly_slot = "weekly_slot"
    time_agreed = "time_agreed"
    speaks = "speaks"
    teaches = "teaches"
    credential = "credential"
    siblings = "siblings"
    known_to_child = "known_to_child"
    helped_before = "helped_before"
    willing = "willing"
    their_turn = "their_turn"


class Change(StrEnum):
    """The smallest change that would get a need somebody: tried out by the engine, not guessed.
    None: every single change was tried out, and none of them helps."""

    child_slot = "child_slot"
    helper_slot = "helper_slot"
    child_times = "child_times"
    helper_times = "helper_times"
    language = "language"
    mode = "mode"
    radius = "radius"
    place = "place"
    new_helper = "new_helper"
    none = "none"


# How long a removed pair is not suggested again; None is for good.
REMOVED_FOR: dict[RemoveReason, int | None] = {
    RemoveReason.known_conflict: None,
    RemoveReason.not_suitable: None,
    RemoveReason.too_far_in_fact: None,
    RemoveReason.already_helped: 180,
    RemoveReason.wait_for_other: 30,
}


def not_again_until(reason: RemoveReason, today: date) -> date | None:
    """Until when a removed pair is not suggested again; None is for good."""
    days = REMOVED_FOR[reason]
    return None if days is None else today + timedelta(days=days)


@dataclass(frozen=True)
class Standing:
    """A suggestion that stands in a draft, as a rule sees it."""

    id: int
    need_id: int
    helper_id: int
    slot: int | None


def in_the_way(
    standing: Iterable[Standing], new: Standing, demand: int, room: int
) -> tuple[Standing, ...]:
    """Which suggestions must give way for a pair that a person puts in: those that hold the
    helper's weekly time, and as many as need be of the need's and of the helper's others."""
    rows = [s for s in standing if s.id != new.id]
    same = [s for s in rows if (s.need_id, s.helper_id) == (new.need_id, new.helper_id)]
    out = dict.fromkeys(same)
    clash = [s for s in rows if s.helper_id == new.helper_id and s.slot == new.slot]
    out |= dict.fromkeys(s for s in clash if new.slot is not None)
    for key, places in (("need_id", demand), ("helper_id", room)):
        others = [s for s in rows if getattr(s, key) == getattr(new, key) and s not in out]
        out |= dict.fromkeys(others[max(0, places - 1) :])
    return tuple(out)
