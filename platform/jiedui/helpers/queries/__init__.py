"""Finding helpers (people), how their vetting stands (standing), and lists for the police
(checks)."""

from __future__ import annotations

from jiedui.helpers.queries.checks import get_batch, open_batches, replied_batches, waiting_on_list
from jiedui.helpers.queries.people import (
    by_account,
    by_id_number,
    cleared,
    entered_by,
    facts_of,
    gate_states,
    get,
    id_index,
    is_cleared,
    may_counsel,
    offers_open,
    several,
    visible_to,
)
from jiedui.helpers.queries.standing import (
    GateView,
    Standing,
    Wanted,
    awaiting_vetting,
    gate_views,
    standings,
    waiting_by_gate,
)

__all__ = [
    "GateView",
    "Standing",
    "Wanted",
    "awaiting_vetting",
    "by_account",
    "by_id_number",
    "cleared",
    "entered_by",
    "facts_of",
    "gate_states",
    "gate_views",
    "get",
    "get_batch",
    "id_index",
    "is_cleared",
    "may_counsel",
    "offers_open",
    "open_batches",
    "replied_batches",
    "several",
    "standings",
    "visible_to",
    "waiting_by_gate",
    "waiting_on_list",
]
