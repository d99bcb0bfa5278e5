"""Pages of matching and of pairings: draft lists, rankings and cards; the life of a pairing."""

from __future__ import annotations

from jiedui.pairings.views import (
    answers,
    approvals,
    calls,
    cards,
    draft,
    legacy,
    life,
    outlook,
    rankings,
    recruiting,
    rounds,
    scoring,
    teams,
    wording,
)
from jiedui.pairings.views.blueprint import bp

__all__ = [
    "answers",
    "approvals",
    "bp",
    "calls",
    "cards",
    "draft",
    "legacy",
    "life",
    "outlook",
    "rankings",
    "recruiting",
    "rounds",
    "scoring",
    "teams",
    "wording",
]
