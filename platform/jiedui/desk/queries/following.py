"""Lines of living pairings: a family that said stop, silence, whatever does not go well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from jiedui.access.rules import Actor
from jiedui.desk.rules import Kind, Line
from jiedui.followup import queries as followup
from jiedui.followup.rules import Health
from jiedui.followup.rules.clocks import Step
from jiedui.followup.rules.health import Sign
from jiedui.pairings.queries import teams

RING_WITHIN = timedelta(days=3)


def stops(actor: Actor) -> Iterator[Line]:
    """Families that said stop, each a line until somebody has spoken with them and the pairing
    goes on or ends."""
    for one in followup.stopped(actor):
        yield Line(
            Kind.stopped,
            "followup.show",
            {"pairing_id": one.pairing_id},
            code=one.pairing.code,
            since=one.on,
            due=one.on + RING_WITHIN,
            pressing=True,
        )


def unwell(actor: Actor) -> Iterator[Line]:
    """One line for all that need somebody: for those near the family those whom nobody has asked
    in time too."""
    found = [
        one
        for one in followup.standings(actor)
        if one.health is Health.red or Sign.not_asked in one.signs
    ]
    if found:
        since = min((one.last for one in found if one.last), default=None)
        yield Line(Kind.follow_up, "followup.index", count=len(found), since=since)


def silences(actor: Actor) -> Iterator[Line]:
    """A helper's own pairings of which nothing is heard."""
    for one in followup.standings(actor):
        if Step.helper in one.steps:
            yield Line(
                Kind.silence,
                "hours.log",
                {"pairing_id": one.pairing.id},
                code=one.pairing.code,
                about=(one.pairing.need.kind,),
                since=one.last,
            )


def unled(actor: Actor) -> Iterator[Line]:
    """Teams whose leader has left: the office says who leads now."""
    for one in teams.unled(actor):
        about = (one.need.kind,)
        yield Line(
            Kind.team_unled, "pairings.show", {"pairing_id": one.id}, code=one.code, about=about
        )
