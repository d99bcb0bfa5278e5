"""One thing opened to one account by a record, and closed with it."""

from __future__ import annotations

from datetime import datetime

from jiedui.access import queries
from jiedui.access.models import Grant
from jiedui.access.rules import GrantLevel
from jiedui.core import clock, db


def grant(
    account_id: int | None,
    thing: tuple[str, int],
    level: GrantLevel,
    *,
    source: tuple[str, int],
    county_id: int,
    until: datetime | None = None,
    holding_id: int | None = None,
) -> None:
    """Open one thing to one account because of a record; written by the act that starts it.
    `until` is the instant at which it closes by itself, `holding_id` the one role it is for.
    A person without an account gets nothing (they are told by a call)."""
    if account_id is None:
        return
    for old in queries.living_grants(*source):
        if (old.account_id, old.kind, old.object_id, old.level) == (account_id, *thing, level):
            return
    found = db.session.query(Grant).filter_by(
        account_id=account_id,
        kind=thing[0],
        object_id=thing[1],
        level=level,
        source_kind=source[0],
        source_id=source[1],
    )
    known = found.one_or_none()
    if known is None:
        known = Grant(
            county_id=county_id,
            account_id=account_id,
            kind=thing[0],
            object_id=thing[1],
            level=level,
            source_kind=source[0],
            source_id=source[1],
        )
        db.session.add(known)
    known.ended_at, known.valid_until, known.holding_id = None, until, holding_id


def end_grants(source: tuple[str, int]) -> None:
    """Close everything that a record had opened; written by the act that ends it."""
    for living in queries.living_grants(*source):
        living.ended_at = clock.now()


def end_grants_to(thing: tuple[str, int], level: GrantLevel) -> None:
    """Close one thing to everybody who had it at a level, whatever they had it from."""
    for living in queries.grants_to(thing, level):
        living.ended_at = clock.now()
