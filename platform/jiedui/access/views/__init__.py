"""Pages of sign-in and of one's own account; account administration stands beside them."""

from __future__ import annotations

from jiedui.access.views import (
    account_acts,
    accounts,
    cards,
    deputies,
    keeping,
    me,
    phones,
    signing,
)
from jiedui.access.views.blueprint import bp

__all__ = [
    "account_acts",
    "accounts",
    "bp",
    "cards",
    "deputies",
    "keeping",
    "me",
    "phones",
    "signing",
]
