"""What waits in the ledger of hours: the weekly list, entries in question, applications for stars,
files for the national system."""

from __future__ import annotations

from collections.abc import Iterator

from jiedui.access.rules import Actor
from jiedui.core.clock import day
from jiedui.desk.rules import Kind, Line
from jiedui.hours import queries as hours
from jiedui.hours.queries.national import to_agree
from jiedui.hours.queries.stars import stars_in
from jiedui.hours.rules.stars import StarState


def weekly(actor: Actor) -> Iterator[Line]:
    """The weekly list of sessions to verify."""
    count = hours.count_unverified(actor)
    if count:
        first = hours.unverified(actor, limit=1)[0]
        yield Line(Kind.hours, "hours.weekly", count=count, since=day(first.start_at))


def in_question(actor: Actor) -> Iterator[Line]:
    """Objections with the day of their answer, and hours held for a look."""
    objections = hours.objections_in(actor)
    if objections:
        due, count = objections[0].due, len(objections)
        yield Line(Kind.objection, "hours.questions", count=count, due=due)
    held = hours.held_in(actor)
    if held:
        since = min(one.on for one in held)
        yield Line(Kind.held_hours, "hours.questions", count=len(held), since=since)


def stars(actor: Actor) -> Iterator[Line]:
    """Applications for a star level that nobody has reviewed."""
    waiting = [one for one in stars_in(actor) if one.state is StarState.applied]
    if waiting:
        since = day(min(one.applied_at for one in waiting))
        yield Line(Kind.star, "hours.star_list", count=len(waiting), since=since)


def told(actor: Actor) -> Iterator[Line]:
    """Files of hours for the national system that others have made and nobody has agreed to."""
    for one in to_agree(actor):
        yield Line(
            Kind.hours_file,
            "hours.told_file",
            {"hours_return_id": one.id},
            code=one.code,
            since=day(one.made_at),
        )
