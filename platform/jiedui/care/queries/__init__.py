"""Finding what was done and what is due in the care for children."""

from __future__ import annotations

from jiedui.care.queries import listing
from jiedui.care.queries.entrustment import (
    MayConsent,
    carer_may_consent,
    count_running_out,
    entrustment_of,
    get_entrustment,
    in_force,
    of_child,
    paper_moves,
    past_their_day,
    running_out,
    scan,
    standing,
    unsigned,
)
from jiedui.care.queries.guardianship import (
    guardianship_of,
    moves_of,
    state_of,
    talks_of,
    without_anybody,
)
from jiedui.care.queries.lacking import (
    Home,
    count_lacking,
    for_festival,
    lacking,
    must_have,
    to_sign,
)

__all__ = [
    "Home",
    "MayConsent",
    "carer_may_consent",
    "count_lacking",
    "count_running_out",
    "entrustment_of",
    "for_festival",
    "get_entrustment",
    "guardianship_of",
    "in_force",
    "lacking",
    "listing",
    "moves_of",
    "must_have",
    "of_child",
    "paper_moves",
    "past_their_day",
    "running_out",
    "scan",
    "standing",
    "state_of",
    "talks_of",
    "to_sign",
    "unsigned",
    "without_anybody",
]
