"""Each night the signs of risk of every open file are counted."""

from __future__ import annotations

from jiedui.core import db, jobs
from jiedui.files.actions.watching import count_village
from jiedui.regions import queries as regions

WATCH = "files.watch"


@jobs.handles(WATCH, jobs.Timer(WATCH, minute="50", hour="1"))
def watch(job_id: int, *, county: int) -> dict[str, int]:
    """Each village in a write of its own."""
    with db.read():
        ids = [one.id for one in regions.villages(regions.get(county).path)]
    changed = 0
    for number in ids:
        with db.write():
            changed += count_village(regions.get(number))
    return {"changed": changed}
