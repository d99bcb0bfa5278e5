"""Tables of rounds, suggestions, pairings and what was said and decided about them."""

from __future__ import annotations

from jiedui.pairings.models.life import Call, Pairing, PairingMove
from jiedui.pairings.models.rounds import (
    MissingDatum,
    Ranking,
    Round,
    RoundClaim,
    Suggestion,
    Unmet,
    Verdict,
    Willing,
)
from jiedui.pairings.models.scoring import ScoringVersion

__all__ = [
    "Call",
    "MissingDatum",
    "Pairing",
    "PairingMove",
    "Ranking",
    "Round",
    "RoundClaim",
    "ScoringVersion",
    "Suggestion",
    "Unmet",
    "Verdict",
    "Willing",
]
