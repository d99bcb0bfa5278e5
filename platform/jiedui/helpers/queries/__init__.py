"""Finding helpers (people), how their vetting stands (standing), and lists for the police
(checks)."""

from __future__ import annotations

from jiedui.helpers.queries.checks import (
    authority_asked_last,
    get_batch,
    open_batches,
    replied_batches,
    waiting_on_list,
)
from jiedui.helpers.queries.listing import Meant, by_indexes, reachable, whole_by_indexes
from jiedui.helpers.queries.lists import (
    Page,
    Row,
    entered,
    fault_on,
    home_of,
    may_be_vetted,
    names_around,
    page_of,
)
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
from jiedui.helpers.queries.reach import villages_within
from jiedui.helpers.queries.standing import (
    GateView,
    Standing,
    Wanted,
    awaiting_vetting,
    fault_for,
    gate_views,
    standings,
    waiting_by_gate,
)

__all__ = [
    "GateView",
    "Meant",
    "Page",
    "Row",
    "Standing",
    "Wanted",
    "authority_asked_last",
    "awaiting_vetting",
    "by_account",
    "by_id_number",
    "by_indexes",
    "cleared",
    "entered",
    "entered_by",
    "facts_of",
    "fault_for",
    "fault_on",
    "gate_states",
    "gate_views",
    "get",
    "get_batch",
    "home_of",
    "id_index",
    "is_cleared",
    "may_be_vetted",
    "may_counsel",
    "names_around",
    "offers_open",
    "open_batches",
    "page_of",
    "replied_batches",
    "reachable",
    "several",
    "standings",
    "villages_within",
    "visible_to",
    "waiting_by_gate",
    "waiting_on_list",
    "whole_by_indexes",
]
