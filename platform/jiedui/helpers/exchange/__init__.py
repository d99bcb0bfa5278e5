"""Lists of people who want to help, as sheets bring them; people found again in other sheets."""

from __future__ import annotations

from jiedui.helpers.exchange.finding import Finder, Meant, Named
from jiedui.helpers.exchange.lines import (
    LIST,
    ListRow,
    Reach,
    beside,
    changes,
    offer_of,
    read_list,
    registration,
    wished,
)

__all__ = [
    "LIST",
    "Finder",
    "ListRow",
    "Meant",
    "Named",
    "Reach",
    "beside",
    "changes",
    "offer_of",
    "read_list",
    "registration",
    "wished",
]
