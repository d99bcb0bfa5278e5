"""What a child's file gathers from other rooms: its timeline, and who has looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from jiedui.access import queries as accounts
from jiedui.children.models import Child
from jiedui.core import db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.needs import queries as needs
from jiedui.pairings.models import Pairing, PairingMove
from jiedui.pairings.rules import PairingState

LOOKS = (Act.child_read.value, Act.child_revealed.value)


@dataclass(frozen=True)
class Step:
    """One thing that happened: when, which kind, and the member whose words say it."""

    at: datetime
    kind: str
    what: Any
    code: str = ""


def timeline(child: Child) -> list[Step]:
    """Everything that happened around a child, newest first."""
    found = [Step(child.entered_at, "registered", child.school_stage)]
    if child.checked_at:
        found.append(Step(child.checked_at, "checked", None))
    found += [Step(c.given_at, "consent", c.answer) for c in child.consents]
    found += [Step(c.withdrawn_at, "withdrawn", None) for c in child.consents if c.withdrawn_at]
    found += [Step(v.at, "view", v.answer) for v in child.views]
    own = needs.of_child(child.id)
    found += [Step(n.raised_at, "need", n.kind, n.code) for n in own]
    found += _moves([n.id for n in own])
    return sorted(found, key=lambda step: step.at, reverse=True)


def _moves(need_ids: list[int]) -> list[Step]:
    moves = (
        select(PairingMove.at, PairingMove.new, Pairing.id, PairingMove.old)
        .join(Pairing, Pairing.id == PairingMove.pairing_id)
        .where(Pairing.need_id.in_(need_ids))
    )
    return [
        Step(at, "pairing", PairingState(new), f"P-{number:04d}")
        for at, new, number, old in db.session.execute(moves)
        if old != new
    ]


@dataclass(frozen=True)
class Look:
    """Somebody looked at the file."""

    at: datetime
    name: str
    revealed: bool


def looks(child: Child, limit: int = 10) -> list[Look]:
    """Who has looked at the file of late."""
    found = (
        select(AuditEntry)
        .where(AuditEntry.object_kind == "child", AuditEntry.object_id == child.id)
        .where(AuditEntry.act.in_(LOOKS))
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    rows = db.session.scalars(found).all()
    names = accounts.names_of({r.account_id for r in rows if r.account_id})
    return [
        Look(r.at, names.get(r.account_id or 0, "–"), r.act == Act.child_revealed.value)
        for r in rows
    ]


def pairings_of(child: Child) -> list[Pairing]:
    """The pairings of a child's needs, newest first."""
    ids = [n.id for n in needs.of_child(child.id)]
    found = select(Pairing).where(Pairing.need_id.in_(ids)).order_by(Pairing.id.desc())
    return list(db.session.scalars(found))
