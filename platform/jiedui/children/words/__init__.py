"""Words for children's files, and for what follows from the facts."""

from __future__ import annotations

from jiedui.children.words import (
    circumstances,
    doubles,
    keeping,
    ledger,
    sheet,
)

__all__ = [
    "circumstances",
    "doubles",
    "keeping",
    "ledger",
    "sheet",
]
