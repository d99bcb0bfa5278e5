"""Signs of risk are counted each night; the township answers a rise and looks again in March and
September."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete

from jiedui.access.rules import Actor
from jiedui.children.actions.risk import move_risk
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.files.models import RiskWatch
from jiedui.files.queries import watching as find
from jiedui.files.rules.watching import WatchRefusal, level, points, rises, signs
from jiedui.regions.models import Region


def count_village(village: Region) -> int:
    """Count the signs of every open file of a village anew; returns how many files changed. What
    was answered for a higher sum falls with it, so that the next rise is told."""
    today, changed = clock.today(), 0
    county_id = int(village.path.split("/")[0])
    for child_id, known in find.known(village).items():
        found = signs(known, today)
        total = points(found)
        one = find.of_child(child_id)
        if one is None:
            one = RiskWatch(
                child_id=child_id, county_id=county_id, points=-1, level=level(total), found=[],
                counted_on=today, answered=0,
            )  # fmt: skip
            db.session.add(one)
        if one.points != total or one.found != [sign.value for sign in found]:
            one.points, one.level, one.found = total, level(total), [s.value for s in found]
            one.answered, one.counted_on = min(one.answered, total), today
            changed += 1
    return changed


def answer(one: RiskWatch, higher: bool, *, by: Actor, version: int | None = None) -> None:
    """The township raises the level of a file to what its signs add up to, or says that it stays.
    Refuses a file that has not risen, and an older page."""
    db.lock(RiskWatch, one.child_id)
    fresh(one.version, version)
    if not rises(one.points, one.child.risk, one.answered):
        raise Refusal(WatchRefusal.no_rise)
    if higher:
        move_risk(one.child, one.level, by=by)
    _looked(one, by)
    audit.record(Act.risk_answered, one.child, by=by, points=one.points, higher=higher)


def look_again(rows: Sequence[RiskWatch], versions: Mapping[int, int], *, by: Actor) -> int:
    """The level of these files stays: they were looked at this season. What has changed meanwhile
    is left out; returns how many. Refuses when none is left."""
    done = 0
    for one in rows:
        db.lock(RiskWatch, one.child_id)
        if versions.get(one.child_id) != one.version:
            continue
        if rises(one.points, one.child.risk, one.answered):
            continue  # a rise is answered by itself
        _looked(one, by)
        audit.record(Act.risk_looked_at, one.child, by=by, points=one.points)
        done += 1
    if not done:
        raise Refusal(WatchRefusal.none_ticked, "files")
    return done


def _looked(one: RiskWatch, by: Actor) -> None:
    one.answered = one.points
    one.looked_on, one.looked_by = clock.today(), by.account_id


def forget_watch(child_id: int) -> None:
    """The signs of a file that is cleared. A step of an act."""
    db.session.execute(delete(RiskWatch).where(RiskWatch.child_id == child_id))
