"""Who may do what, on one screen.

A permission is given by any of its clauses; a clause holds when all its predicates do. A
predicate looks at the actor and at the thing the page is about (None for a page about nothing in
particular). Rules of time and state are not here: the action refuses those.
"""

from __future__ import annotations

from typing import Any

from jiedui.access.policy.permissions import Permission
from jiedui.access.policy.table import POLICY
from jiedui.access.rules import Actor

__all__ = ["POLICY", "BadPolicy", "Permission", "check_table", "may"]


class BadPolicy(Exception):
    """The table itself is wrong: a permission without clauses, or an empty clause that grants."""


def check_table() -> None:
    """Refuse to start on a permission nobody has or a clause that asks for nothing."""
    for permission in Permission:
        clauses = POLICY.get(permission)
        if not clauses or any(not clause for clause in clauses):
            raise BadPolicy(permission)


check_table()


def may(actor: Actor | None, permission: Permission, thing: Any = None) -> bool:
    """Whether this person may do this to that thing."""
    if actor is None:
        return False
    return any(all(p(actor, thing) for p in clause) for clause in POLICY[permission])
