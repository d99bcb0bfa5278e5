"""Finding children, their consents and views, and the names people search by."""

from __future__ import annotations

from jiedui.children.queries.circumstances import circumstances, explained
from jiedui.children.queries.consents import (
    consent_answer,
    latest_consent,
    link,
    link_lives,
    stands,
    tells,
    told_about,
    view_answer,
)
from jiedui.children.queries.doubles import (
    Alike,
    doubles,
    joined_files,
    merge,
    merges_of,
    sketch,
    two_children,
)
from jiedui.children.queries.ledger import (
    Filter,
    awaiting_check,
    by_id_number,
    consent,
    count,
    get,
    guardian,
    household,
    known_to,
    lookalikes,
    page,
    visible_to,
)
from jiedui.children.queries.names import search
from jiedui.children.queries.past import (
    PastState,
    category,
    past_state,
    past_states,
    several,
    to_settle,
)
from jiedui.children.queries.risk import last_moves, level_set_on, moves, seen_on

__all__ = [
    "Alike",
    "Filter",
    "PastState",
    "awaiting_check",
    "by_id_number",
    "category",
    "circumstances",
    "consent",
    "count",
    "consent_answer",
    "doubles",
    "explained",
    "get",
    "guardian",
    "household",
    "joined_files",
    "known_to",
    "last_moves",
    "latest_consent",
    "level_set_on",
    "link",
    "link_lives",
    "lookalikes",
    "merge",
    "merges_of",
    "moves",
    "page",
    "past_state",
    "past_states",
    "search",
    "seen_on",
    "several",
    "sketch",
    "stands",
    "tells",
    "to_settle",
    "told_about",
    "two_children",
    "view_answer",
    "visible_to",
]
