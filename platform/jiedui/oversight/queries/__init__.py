"""How a county's times stand, what is due, what is kept back and why, and past runs."""

from __future__ import annotations

from jiedui.oversight.queries.helpers import helper_blocks
from jiedui.oversight.queries.standing import (
    Coming,
    Row,
    coming,
    get_run,
    held,
    rows,
    runs,
    term_of,
    terms,
)

__all__ = [
    "Coming",
    "Row",
    "coming",
    "get_run",
    "held",
    "helper_blocks",
    "rows",
    "runs",
    "term_of",
    "terms",
]
