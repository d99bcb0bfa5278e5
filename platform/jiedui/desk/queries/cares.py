"""What waits in the care for children: pupils who are absent, support to be seen to, houses to
visit and to screen."""

from __future__ import annotations

from collections.abc import Iterator

from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor
from jiedui.care.queries import absences, support
from jiedui.care.queries import screening as screened
from jiedui.care.queries import visits as care
from jiedui.care.rules.screening import Screened
from jiedui.care.rules.support import Task
from jiedui.care.rules.visits import Turn
from jiedui.desk.rules import Kind, Line

KIND_OF = {
    Task.decision: Kind.support_decision,
    Task.doubt: Kind.support_doubt,
    Task.claim: Kind.support_claim,
    Task.due: Kind.support_due,
    Task.reported: Kind.support_reported,
}
# What whoever decides has to do; the rest is for those who go to the families.
DECIDERS = frozenset({Task.decision, Task.doubt})


def absent(actor: Actor) -> Iterator[Line]:
    """Pupils whom a school has reported absent, one by one."""
    for one in absences.away(actor):
        yield Line(
            Kind.absence,
            "care.absence_end",
            {"absence_id": one.id},
            code=one.child.code,
            about=(one.child.name, one.child.village.name),
            since=one.since,
            due=one.due,
        )


def supports(actor: Actor) -> Iterator[Line]:
    """One line for each list of support that is not empty."""
    tells, decides = may(actor, Permission.support_tell), may(actor, Permission.support_decide)
    for task, load in support.load(actor).items():
        if not (decides if task in DECIDERS else tells):
            continue
        yield Line(
            KIND_OF[task],
            "care.support",
            {"task": task.value},
            count=load.count,
            since=load.since,
            due=load.due if task is Task.decision else None,
        )


def visits(actor: Actor) -> Iterator[Line]:
    """Houses to visit: one line for those that are overdue, one for those due within a week."""
    houses = care.houses(actor.scope)
    for turn in (Turn.overdue, Turn.soon):
        waiting = [house.due for house in houses if house.turn is turn]
        if waiting:
            yield Line(Kind.visit, "care.visits", count=len(waiting), due=min(waiting))


def levels(actor: Actor) -> Iterator[Line]:
    """Lower levels that visits propose."""
    asking = care.asking_less(actor.scope)
    if asking:
        since = asking[0].on_day
        yield Line(Kind.level, "care.levels", count=len(asking), since=since)


def screening(actor: Actor) -> Iterator[Line]:
    """Houses that nobody has looked at this quarter."""
    lines = screened.progress(actor.scope)
    waiting = sum(one.houses[Screened.not_yet] for one in lines)
    if waiting:
        due = screened.until()
        yield Line(Kind.screening, "care.screening", count=waiting, due=due)
