"""Finding accounts, the actor of a request, and who holds which role where."""

from __future__ import annotations

from jiedui.access.queries.accounts import (
    by_link,
    by_phone,
    find_managed,
    get,
    holding_of,
    known_phones,
    last_seen,
    links_run_out,
    managed,
    managed_by,
    names_of,
    phone_index,
    recent_failures,
    successors,
    units_of,
)
from jiedui.access.queries.holdings import (
    actor_for,
    colleagues,
    deputies_of,
    grants_of,
    holders,
    holdings_of,
    living_grants,
)

__all__ = [
    "actor_for",
    "by_link",
    "by_phone",
    "colleagues",
    "deputies_of",
    "find_managed",
    "get",
    "grants_of",
    "holders",
    "holding_of",
    "holdings_of",
    "known_phones",
    "last_seen",
    "living_grants",
    "managed",
    "links_run_out",
    "managed_by",
    "names_of",
    "phone_index",
    "recent_failures",
    "successors",
    "units_of",
]
