"""Pages of children's files: lists, facts, consents and views, the guardian's link."""

from __future__ import annotations

from jiedui.children.views import (
    details,
    doubles,
    exports,
    facts,
    guardians,
    holds,
    link,
    lists,
    national,
    said,
)
from jiedui.children.views.blueprint import (
    bp,
)

__all__ = [
    "bp",
    "details",
    "doubles",
    "exports",
    "facts",
    "guardians",
    "holds",
    "link",
    "lists",
    "national",
    "said",
]
