"""What a file gathers from other rooms, and what its guardians have asked for."""

from jiedui.files.queries.beyond import (
    access,
    accesses_of,
    accesses_running,
    accesses_to_decide,
    any_access,
    opened_file,
    opened_to,
)
from jiedui.files.queries.child import (
    Look,
    Pair,
    Step,
    in_charge,
    looks,
    names_in,
    pairs_of,
    timeline,
    visit_due,
    wishes_of,
)
from jiedui.files.queries.requests import (
    held,
    open_requests,
    request,
    requests_of,
    requests_page,
)

__all__ = [
    "Look",
    "Pair",
    "Step",
    "access",
    "accesses_of",
    "accesses_running",
    "accesses_to_decide",
    "any_access",
    "held",
    "in_charge",
    "looks",
    "names_in",
    "open_requests",
    "opened_file",
    "opened_to",
    "pairs_of",
    "request",
    "requests_of",
    "requests_page",
    "timeline",
    "visit_due",
    "wishes_of",
]
