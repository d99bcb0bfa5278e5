"""Sessions, their sums, what waits for verifying, and issued records."""

from __future__ import annotations

from jiedui.hours.queries.coming import Coming, coming
from jiedui.hours.queries.imported import imported_minutes, imported_of
from jiedui.hours.queries.places import (
    at_place,
    get_place,
    get_stay,
    sign_is,
    sign_of,
    signed_places,
    staying,
)
from jiedui.hours.queries.records import (
    certificate_by_number,
    certificates_of,
    get_certificate,
    signing_key,
    signing_keys,
)
from jiedui.hours.queries.review import (
    get_objection,
    held_in,
    objected,
    objection_to,
    objections_in,
)
from jiedui.hours.queries.sessions import (
    disputed_of,
    get,
    last_of,
    loggable,
    of_helper,
    of_pairing,
    other_spans,
    steps,
)
from jiedui.hours.queries.sums import (
    Line,
    Sums,
    Tally,
    county_minutes,
    first_day,
    held,
    in_question,
    lines,
    sums,
)
from jiedui.hours.queries.weekly import (
    chosen,
    count_own_unverified,
    count_unverified,
    disputed_on_paper,
    unverified,
    visible_to,
    without_account,
)

__all__ = [
    "Coming",
    "Line",
    "Sums",
    "Tally",
    "at_place",
    "certificate_by_number",
    "certificates_of",
    "chosen",
    "coming",
    "count_own_unverified",
    "count_unverified",
    "county_minutes",
    "disputed_of",
    "disputed_on_paper",
    "first_day",
    "get",
    "get_certificate",
    "get_objection",
    "get_place",
    "get_stay",
    "held",
    "held_in",
    "imported_minutes",
    "imported_of",
    "in_question",
    "last_of",
    "lines",
    "loggable",
    "objected",
    "objection_to",
    "objections_in",
    "of_helper",
    "of_pairing",
    "other_spans",
    "sign_is",
    "sign_of",
    "signed_places",
    "signing_key",
    "signing_keys",
    "staying",
    "steps",
    "sums",
    "unverified",
    "visible_to",
    "without_account",
]
