"""Every morning: categories that a day has changed, because an absence has become long or a child
has turned sixteen."""

from __future__ import annotations

from jiedui.access.queries import names_of
from jiedui.children import actions, queries
from jiedui.children.actions.bureaus import bureau_sheets
from jiedui.children.actions.exports import MAKE
from jiedui.children.actions.returns import ReplySheet
from jiedui.children.actions.sheets import NationalSheet
from jiedui.children.exchange import Mark, export_file
from jiedui.children.rules import ExportState
from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.intake.exchange import register


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


@jobs.handles(MAKE)
def make_export(_job: int, export: int) -> dict[str, int] | None:
    """The file that a second person has agreed to, from one snapshot."""
    with db.read():
        one = queries.export(export)
        if one.state is not ExportState.making:
            return None
        people = names_of({one.asked_by, one.approved_by or one.asked_by})
        asked, agreed = people.get(one.asked_by, ""), people.get(one.approved_by or 0, "")
        mark = Mark(one.code, asked, agreed, one.decided_at or clock.now(), one.purpose)
        path, category = one.region.path, one.category
        rows = queries.export_count(path, category)
        data = export_file(queries.export_children(path, category), mark)
    with db.write():
        actions.export_made(queries.export(export), data, rows)
    return {"rows": rows}


@jobs.handles("children.exports", jobs.Timer("children.exports", minute="5"))
def expire_exports(_job: int, county: int) -> dict[str, int]:
    """Every hour: files that nobody has fetched in time are gone."""
    with db.write():
        return {"gone": actions.expire_exports(county, clock.now(), by=SYSTEM)}


register(NationalSheet())
register(ReplySheet())
for sheet in bureau_sheets():
    register(sheet)
