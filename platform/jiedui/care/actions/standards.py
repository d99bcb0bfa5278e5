"""The county's amounts: written down with a first day and a source, put right, never lost."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.care.models.support import SupportStandard
from jiedui.care.queries.standards import standard_at
from jiedui.care.rules.support import Standard, SupportRefusal
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh


def set_standard(said: Standard, *, by: Actor) -> SupportStandard:
    """Write down what the actor's county gives from a day on. Refuses a second amount from the
    same day: that is put right, not written again."""
    if standard_at(by.county_id, said.code, said.starts) is not None:
        raise Refusal(SupportRefusal.standard_taken, "starts")
    row = SupportStandard(county_id=by.county_id, code=said.code, starts=said.starts)
    db.session.add(row)
    _say(row, said, by)
    return row


def correct_standard(
    row: SupportStandard, said: Standard, *, by: Actor, version: int | None = None
) -> None:
    """Put an amount right that was written down wrongly; which support it is for stays. Refuses an
    older page and a day that another amount has."""
    db.lock(SupportStandard, row.id)
    fresh(row.version, version)
    other = standard_at(row.county_id, row.code, said.starts)
    if other is not None and other.id != row.id:
        raise Refusal(SupportRefusal.standard_taken, "starts")
    _say(row, said, by)


def _say(row: SupportStandard, said: Standard, by: Actor) -> None:
    row.starts, row.fen, row.per, row.source = said.starts, said.fen, said.per, said.source
    row.entered_by, row.entered_at = by.account_id, clock.now()
    audit.record(Act.support_standard_set, row, by=by, code=row.code, starts=row.starts)
