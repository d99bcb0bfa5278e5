"""Finding children, their consents and views, and the names people search by."""

from __future__ import annotations

from jiedui.children.queries.circumstances import (
    circumstances,
    explained,
)
from jiedui.children.queries.consents import (
    answers,
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
from jiedui.children.queries.exports import (
    export,
    export_children,
    export_count,
    exports,
    exports_to_decide,
    exports_to_fetch,
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
from jiedui.children.queries.names import (
    search,
)
from jiedui.children.queries.national import (
    Known as KnownFile,
)
from jiedui.children.queries.national import (
    Named as NamedFile,
)
from jiedui.children.queries.national import (
    born_on,
    by_index,
    copies,
    expected_at,
    homes_of,
    many,
    named,
)
from jiedui.children.queries.past import (
    PastState,
    category,
    past_state,
    past_states,
    several,
    to_settle,
)
from jiedui.children.queries.returns import (
    changed_ids,
    changed_page,
    last_rows,
    national_return,
    refused_rows,
    return_counts,
    return_rows,
    returned,
)
from jiedui.children.queries.risk import (
    last_moves,
    level_set_on,
    moves,
    seen_on,
)

__all__ = [
    "NamedFile",
    "answers",
    "named",
    "Alike",
    "Filter",
    "KnownFile",
    "PastState",
    "awaiting_check",
    "born_on",
    "by_id_number",
    "by_index",
    "category",
    "changed_ids",
    "changed_page",
    "circumstances",
    "consent",
    "consent_answer",
    "copies",
    "count",
    "doubles",
    "expected_at",
    "explained",
    "export",
    "export_children",
    "export_count",
    "exports",
    "exports_to_decide",
    "exports_to_fetch",
    "get",
    "guardian",
    "homes_of",
    "household",
    "joined_files",
    "known_to",
    "last_moves",
    "last_rows",
    "latest_consent",
    "level_set_on",
    "link",
    "link_lives",
    "lookalikes",
    "many",
    "merge",
    "merges_of",
    "moves",
    "national_return",
    "page",
    "past_state",
    "past_states",
    "refused_rows",
    "return_counts",
    "return_rows",
    "returned",
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
