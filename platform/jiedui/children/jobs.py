"""Every morning: categories that a day has changed, because an absence has become long or a child
has turned sixteen."""

from __future__ import annotations

from jiedui.children import actions, queries
from jiedui.core import db, jobs
from jiedui.core.actors import SYSTEM


@jobs.handles("children.settle", jobs.Timer("children.settle", minute="10", hour="0"))
def settle(_job: int, county: int) -> dict[str, int]:
    """In parts, so that nobody waits for long."""
    with db.read():
        parts = list(queries.to_settle(county))
    changed = 0
    for ids in parts:
        with db.write():
            changed += actions.settle_day(queries.several(ids), by=SYSTEM)
    return {"changed": changed}
