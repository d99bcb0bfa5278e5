"""Tables: wishes; gifts with what is left of each; their books."""

from __future__ import annotations

from jiedui.donations.models.books import GiftEntry
from jiedui.donations.models.gifts import Allotment, Gift, GiftStock
from jiedui.donations.models.wishes import MaterialWish

__all__ = ["Allotment", "Gift", "GiftEntry", "GiftStock", "MaterialWish"]
