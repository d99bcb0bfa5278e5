"""Every morning, after categories have followed the day, and when a sheet of files has come in:
what a child may claim follows too, for a birthday may begin or end it, and so may the law."""

from __future__ import annotations

from jiedui.care.actions.support import FOLLOW, follow_facts
from jiedui.children import queries as children
from jiedui.core import db, jobs


@jobs.handles(FOLLOW, jobs.Timer(FOLLOW, minute="25", hour="0"))
def support(_job: int, county: int) -> dict[str, int]:
    """In parts, so that nobody waits for long."""
    with db.read():
        parts = list(children.to_settle(county))
    changed = 0
    for ids in parts:
        with db.write():
            changed += sum(follow_facts(child) for child in children.several(ids))
    return {"changed": changed}
