"""Tables: wishes."""

from __future__ import annotations

from jiedui.donations.models.wishes import MaterialWish

__all__ = ["MaterialWish"]
