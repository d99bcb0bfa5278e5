"""Pages of the report door, of those who read reports, and of opinions."""

from __future__ import annotations

from jiedui.protection.views import (
    asking,
    cases,
    concerned,
    door,
    duty,
    figures,
    opinions,
    reading,
)
from jiedui.protection.views.blueprint import bp

__all__ = ["asking", "bp", "cases", "concerned", "door", "duty", "figures", "opinions", "reading"]
