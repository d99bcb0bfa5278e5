"""Classes of data, how long each is kept, and which column belongs to which."""

from __future__ import annotations

from jiedui.oversight.rules.holdings import HOLDINGS
from jiedui.oversight.rules.terms import (
    FILES,
    NOTICE,
    TERMS,
    DataClass,
    Event,
    HelperBlock,
    Law,
    RetentionRefusal,
    Term,
    Unit,
    before,
    over_on,
    term_fault,
)

__all__ = [
    "FILES",
    "HOLDINGS",
    "NOTICE",
    "TERMS",
    "DataClass",
    "Event",
    "HelperBlock",
    "Law",
    "RetentionRefusal",
    "Term",
    "Unit",
    "before",
    "over_on",
    "term_fault",
]
