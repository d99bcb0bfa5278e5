"""What people did in a year, counted from the record: looks, reveals, refusals; and who has which
rights today."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

from sqlalchemy import func, select

from jiedui.access.models import Account, RoleHolding
from jiedui.access.rules import SECOND_FACTOR, AccountState, Role
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.oversight.queries.span import Span
from jiedui.oversight.rules.yearly import DOOR, LOOKS, MOVES, NO_ROLE, NOBODY


def acts(span: Span) -> Counter[str]:
    """Looks and refusals by role; sign-ins, and what was done to accounts, altogether."""
    role_of = _roles(span)
    looks = {act.value: look for look, act in LOOKS.items()}
    doors = {act.value: door for door, act in DOOR.items()}
    moves = {act.value: move for move, act in MOVES.items()}
    wanted = {*looks, *doors, *moves, Act.request_copied.value, Act.breach_letters_made.value}
    found: Counter[str] = Counter()
    for act, account, number in _by_account(span, wanted):
        who = NOBODY if account is None else role_of.get(account, NO_ROLE)
        if act in looks:
            found[f"look:{looks[act]}:{who}"] += number
        elif act in doors:
            found[f"door:{doors[act]}:{who}"] += number
        else:
            found[f"move:{moves[act]}" if act in moves else f"act:{act}"] += number
    return found


def _by_account(span: Span, wanted: set[str]) -> list[tuple[str, int | None, int]]:
    rows = select(AuditEntry.act, AuditEntry.account_id, func.count()).where(
        AuditEntry.county_id == span.county_id,
        span.holds(AuditEntry.at),
        AuditEntry.act.in_(sorted(wanted)),
    )
    found = db.session.execute(rows.group_by(AuditEntry.act, AuditEntry.account_id))
    return [(act, account, number) for act, account, number in found]


def _roles(span: Span) -> dict[int, Role]:
    """The first role that each account of the county held until the last day that is counted."""
    rows = select(RoleHolding.account_id, RoleHolding.role).where(
        RoleHolding.county_id == span.county_id,
        RoleHolding.starts <= span.last,
        (RoleHolding.ends.is_(None)) | (RoleHolding.ends >= date(span.last.year, 1, 1)),
    )
    found: dict[int, Role] = {}
    for account, role in db.session.execute(rows.order_by(RoleHolding.id)):
        found.setdefault(account, role)
    return found


def reveals(span: Span) -> Counter[str]:
    """What was masked and shown in full, by the reason that was given."""
    rows = select(AuditEntry.details, func.count()).where(
        AuditEntry.county_id == span.county_id,
        span.holds(AuditEntry.at),
        AuditEntry.act == Act.child_revealed,
    )
    found: Counter[str] = Counter()
    for details, number in db.session.execute(rows.group_by(AuditEntry.details)):
        found[f"reveal:{json.loads(details)['reason']}"] += number
    return found


def accounts(span: Span) -> Counter[str]:
    """Accounts in use today by each role they hold, and how many have a second factor."""
    today = clock.today()
    rows = select(RoleHolding, Account.totp_secret.is_not(None)).join(
        Account, Account.id == RoleHolding.account_id
    )
    mine = RoleHolding.county_id == span.county_id, Account.state == AccountState.active
    seen: dict[tuple[int, Role], bool] = {}
    for holding, factor in db.session.execute(rows.where(*mine)):
        if holding.lives(today):
            seen[holding.account_id, holding.role] = bool(factor)
    found: Counter[str] = Counter()
    for (_account, role), factor in seen.items():
        found[f"account:{role}"] += 1
        found[f"account factor:{role}"] += factor
        found[f"account without:{role}"] += role in SECOND_FACTOR and not factor
    return found
