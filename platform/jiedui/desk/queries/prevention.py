"""Lines of prevention: what the plan wants soon and has not reached; water hazards to look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from jiedui.access.rules import Actor
from jiedui.activities.queries import hazards, prevention
from jiedui.core import clock
from jiedui.desk.rules import Kind, Line

SOON = timedelta(days=30)
LONG_OVER = timedelta(days=30)  # then the plan itself shows it, not the list of what is to be done


def targets(actor: Actor) -> Iterator[Line]:
    """Lines of the plan that are due within a month and not reached."""
    today = clock.today()
    for one in prevention.progress(actor.county_id):
        near = today - LONG_OVER <= one.target.until <= today + SOON
        if near and not one.done:
            yield Line(
                Kind.target_due,
                "activities.theme_coverage",
                {"theme": one.target.theme.value, "reach": one.target.reach.value},
                about=(one.target.theme, one.target.reach),
                due=one.target.until,
            )


def hazards_to_see(actor: Actor) -> Iterator[Line]:
    """Water hazards the actor looks after that nobody has looked at in time."""
    for one in hazards.waiting_for(actor):
        yield Line(
            Kind.hazard_look,
            "activities.look_at_hazard",
            {"hazard_id": one.id},
            code=one.code,
            about=(one.kind, one.name),
            since=one.checked_on,
            due=one.due,
        )
