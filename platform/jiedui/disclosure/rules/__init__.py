"""What of a figure everybody may see."""

from __future__ import annotations

from jiedui.disclosure.rules.figures import (
    FLOW_LEAST,
    Figure,
    Hidden,
    Sum,
    add,
    middle,
    pooled,
    public,
    rounded,
    table,
)

__all__ = [
    "FLOW_LEAST",
    "Figure",
    "Hidden",
    "Sum",
    "add",
    "middle",
    "pooled",
    "public",
    "rounded",
    "table",
]
