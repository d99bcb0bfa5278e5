"""Lines of school safety: a fault to be put right, a second look, what is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jiedui.access.rules import Actor
from jiedui.activities.models.safety import SafetyFinding
from jiedui.activities.queries import safety
from jiedui.core import clock
from jiedui.desk.rules import Kind, Line


def to_fix(actor: Actor) -> Iterator[Line]:
    """A school's own faults."""
    yield from _lines(Kind.safety_fix, safety.to_do(actor), due=True)


def to_check(actor: Actor) -> Iterator[Line]:
    """What was put right and waits for the actor's look."""
    yield from _lines(Kind.safety_check, safety.to_check(actor), due=False)


def raised(actor: Actor) -> Iterator[Line]:
    """For the education office: what schools have left undone for three days too long."""
    yield from _lines(Kind.safety_raised, safety.raised(actor), due=True)


def _lines(kind: Kind, rows: Iterable[SafetyFinding], *, due: bool) -> Iterator[Line]:
    for one in rows:
        yield Line(
            kind,
            "activities.finding",
            {"finding_id": one.id},
            code=one.code,
            about=(one.unit.name, one.item),
            since=clock.day(one.inspection.at),
            due=one.due if due else None,
        )
