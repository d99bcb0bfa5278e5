"""What waits in the care for children: pupils who are absent, support to be seen to."""

from __future__ import annotations

from collections.abc import Iterator

from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor
from jiedui.care.queries import absences, support
from jiedui.care.rules.support import Task
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
