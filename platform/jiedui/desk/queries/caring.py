"""Lines of the care for children: whom nobody cares for, and agreements to make and to renew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from jiedui.access.rules import Actor
from jiedui.care import queries as care
from jiedui.care.rules.entrustment import season
from jiedui.core import clock
from jiedui.desk.rules import Kind, Line


def unguarded(actor: Actor) -> Iterator[Line]:
    """Children for whom nobody able is there: each one a line, due on the day it was recorded."""
    for one in care.without_anybody(actor):
        yield Line(
            Kind.unguarded,
            "care.guardianship",
            {"child_id": one.child_id},
            code=one.child.code,
            about=(one.child.village.full_name, one.ground),
            since=one.since,
            due=one.since,
            pressing=True,
        )


def agreements(actor: Actor) -> Iterator[Line]:
    """Children without an agreement, agreements that run out, and the season of signing: a line
    each."""
    today = clock.today()
    missing = care.count_lacking(actor)
    if missing:
        yield Line(Kind.agreement, "care.entrustments", {"list": "missing"}, count=missing)
    ending, first = care.count_running_out(actor, today)
    if ending:
        values = {"list": "running-out"}
        yield Line(Kind.agreement_end, "care.entrustments", values, count=ending, due=first)
    festival = clock.spring_festival(today)
    if season(festival, today):
        waiting = len(care.for_festival(actor.scope, festival))
        due = max(festival - timedelta(days=7), today)
        if waiting:
            yield Line(Kind.festival, "care.festival", count=waiting, due=due)
