"""Lines of the counselling desk: urgent results nobody has answered, referrals and their clocks."""

from __future__ import annotations

from collections.abc import Iterator

from jiedui.access.rules import Actor
from jiedui.core.clock import day
from jiedui.counselling.queries import referrals as referred
from jiedui.counselling.queries import screening
from jiedui.desk.rules import Kind, Line


def urgent(actor: Actor) -> Iterator[Line]:
    """Urgent results of screenings, each a line until a referral or a crisis flag answers it."""
    for one in screening.unanswered(actor.county_id):
        since = day(one.kept_at)
        yield Line(
            Kind.urgent_result,
            "counselling.screening",
            {"screening_id": one.screening_id},
            code=one.child.code,
            since=since,
            due=since,
            pressing=True,
        )


def referrals(actor: Actor) -> Iterator[Line]:
    """Referrals that wait for their next step: no name, no word of why."""
    for one in referred.waiting(actor):
        yield Line(
            Kind.referral,
            "counselling.referral",
            {"referral_id": one.id},
            code=one.code,
            about=(one.level, one.state),
            since=day(one.sent_at),
            due=one.due,
            pressing=one.crisis,
        )
