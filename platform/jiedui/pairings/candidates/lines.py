"""The one line that says why: pieces as codes with their values, each a fact of the pair."""

from __future__ import annotations

from typing import Any

import matching
from jiedui.helpers.rules import Language
from jiedui.pairings.candidates.rows import ANY_LANGUAGE
from jiedui.pairings.candidates.snapshot import Snapshot
from jiedui.pairings.rules.reasons import Part, Reason

Piece = list[Any]


def line(
    snapshot: Snapshot, candidate: matching.Candidate, km: float | None, slot: int | None
) -> list[Piece]:
    """Why this pair, shortest first: where, when, in which language, with which skill, and what
    is known of the two. `km` is what people see, `slot` the weekly time that would be held."""
    need = snapshot.need_by_id[candidate.need_id]
    helper = snapshot.helper_by_id[candidate.helper_id]
    return [
        *_where(snapshot, need, helper, km),
        [Reason.time_agreed.value] if slot is None else [Reason.weekly_slot.value, slot],
        *_skills(need, helper),
        *_ties(candidate, need, first=helper.id in snapshot.turned_away),
    ]


def _where(
    snapshot: Snapshot, need: matching.Need, helper: matching.Helper, km: float | None
) -> list[Piece]:
    if need.mode != "in_person":
        return [[need.mode]]
    pieces: list[Piece] = []
    same_village = snapshot.need_village.get(need.id) == helper.village_id
    if same_village:
        pieces.append([Reason.same_village.value])
    elif need.township_id is not None and need.township_id == helper.township_id:
        pieces.append([Reason.same_township.value])
    if km is not None and not (same_village and km < 1):
        pieces.append([Reason.kilometres.value, max(1, round(km))])
    return pieces


def _skills(need: matching.Need, helper: matching.Helper) -> list[Piece]:
    pieces: list[Piece] = []
    asked = need.languages if need.languages != ANY_LANGUAGE else frozenset()
    both = asked & helper.languages
    dialects = sorted(both - {Language.mandarin.value}) or sorted(both)
    if dialects:
        pieces.append([Reason.speaks.value, dialects])
    subjects = sorted(need.subjects & helper.subjects)
    if subjects:
        pieces.append([Reason.teaches.value, subjects])
    if need.credential is not None and need.credential in helper.credentials:
        pieces.append([Reason.credential.value])
    return pieces


def _ties(
    candidate: matching.Candidate, need: matching.Need, *, first: bool = False
) -> list[Piece]:
    willing = bool(candidate.parts.get(Part.willing))
    told = {
        Reason.known_to_child: bool(candidate.parts.get(Part.known_to_child)),
        Reason.helped_before: bool(candidate.parts.get(Part.continuity)),
        Reason.willing: willing and not first,
        Reason.their_turn: willing and first,
        Reason.siblings: len(need.child_ids) > 1,
    }
    return [[reason.value] for reason, true in told.items() if true]
