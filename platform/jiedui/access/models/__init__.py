"""Tables of accounts, roles, grants, and of what opens an account."""

from __future__ import annotations

from jiedui.access.models.accounts import (
    AccessLink,
    Account,
    Deputy,
    Grant,
    RoleHolding,
    SignInTry,
)
from jiedui.access.models.signing import CodeCard, OneTimeCode, RememberedPhone

__all__ = [
    "AccessLink",
    "Account",
    "CodeCard",
    "Deputy",
    "Grant",
    "OneTimeCode",
    "RememberedPhone",
    "RoleHolding",
    "SignInTry",
]
