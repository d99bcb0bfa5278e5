"""Roles, accounts, sign-in: what a person may be and what an account may become."""

from __future__ import annotations

from jiedui.access.rules.accounts import (
    ACCOUNT_MOVES,
    AccountState,
    level_fault,
    may_invite,
    may_manage,
    post_fault,
)
from jiedui.access.rules.actor import (
    Actor,
    GrantLevel,
    Holding,
)
from jiedui.access.rules.refusals import (
    AccessRefusal,
    RowFault,
)
from jiedui.access.rules.roles import (
    BY_SHEET,
    INVITED,
    LEVELS_OF,
    SCOPE_OF,
    SECOND_FACTOR,
    TOWNSHIP_MAY_INVITE,
    TOWNSHIP_MAY_MANAGE,
    Office,
    Role,
    ScopeKind,
    holds,
)
from jiedui.access.rules.signing import (
    COMMON,
    LINK_HOURS,
    PASSWORD_LEAST,
    TRIES,
    TRIES_PER_ADDRESS,
    TRIES_WITHIN,
    blocked,
    link_lives,
    password_fault,
)

__all__ = [
    "ACCOUNT_MOVES",
    "AccessRefusal",
    "AccountState",
    "Actor",
    "BY_SHEET",
    "COMMON",
    "GrantLevel",
    "Holding",
    "INVITED",
    "LEVELS_OF",
    "LINK_HOURS",
    "Office",
    "PASSWORD_LEAST",
    "Role",
    "RowFault",
    "SCOPE_OF",
    "SECOND_FACTOR",
    "ScopeKind",
    "TOWNSHIP_MAY_INVITE",
    "TOWNSHIP_MAY_MANAGE",
    "TRIES",
    "TRIES_PER_ADDRESS",
    "TRIES_WITHIN",
    "blocked",
    "holds",
    "level_fault",
    "link_lives",
    "may_invite",
    "may_manage",
    "password_fault",
    "post_fault",
]
