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

__all__ = [
    "Filter",
    "PastState",
    "awaiting_check",
    "by_id_number",
    "category",
    "circumstances",
    "consent",
    "count",
    "consent_answer",
    "explained",
    "get",
    "guardian",
    "household",
    "known_to",
    "latest_consent",
    "link",
    "link_lives",
    "lookalikes",
    "page",
    "past_state",
    "past_states",
    "search",
    "several",
    "stands",
    "tells",
    "to_settle",
    "told_about",
    "view_answer",
    "visible_to",
]
