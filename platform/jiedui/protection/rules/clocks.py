"""Clocks of a report and its case, and who is called when one has run out.

No text of law that was found names hours. A county sets its own (`report clocks`); what holds until
then is the portal's proposal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jiedui.protection.rules.case import Stage


class Clock(StrEnum):
    """What runs out."""

    unread = "unread"
    triage = "triage"
    police = "police"
    safety = "safety"
    assessment = "assessment"
    plan = "plan"
    intervention = "intervention"
    follow_up = "follow-up"
    ending = "ending"
    second_look = "second look"


NEXT_CLOCK: dict[Stage, Clock] = {
    Stage.triaged: Clock.police,
    Stage.police_told: Clock.safety,
    Stage.placed: Clock.assessment,
    Stage.assessed: Clock.plan,
    Stage.planned: Clock.intervention,
    Stage.intervened: Clock.follow_up,
    Stage.followed_up: Clock.ending,
    Stage.closing: Clock.second_look,
}
# The row of the county's table, in what it counts.
ROWS: dict[Clock, tuple[str, timedelta]] = {
    Clock.unread: ("unread minutes", timedelta(minutes=1)),
    Clock.triage: ("triage hours", timedelta(hours=1)),
    Clock.police: ("police minutes", timedelta(minutes=1)),
    Clock.safety: ("safety hours", timedelta(hours=1)),
    Clock.assessment: ("assessment hours", timedelta(hours=1)),
    Clock.plan: ("plan days", timedelta(days=1)),
    Clock.intervention: ("intervention days", timedelta(days=1)),
    Clock.follow_up: ("follow-up days", timedelta(days=1)),
    Clock.ending: ("ending days", timedelta(days=1)),
    Clock.second_look: ("second look days", timedelta(days=1)),
}
FROM_RECEIPT = frozenset({Clock.unread, Clock.triage, Clock.safety, Clock.assessment})


class Rung(StrEnum):
    """Who is called, one after another: the next on duty, the office's head, the leader."""

    duty = "duty"
    head = "head"
    leader = "leader"


@dataclass(frozen=True)
class Times:
    """A county's times for its clocks."""

    within: Mapping[Clock, timedelta]
    head_after: timedelta
    leader_after: timedelta


def times_of(table: Mapping[str, int]) -> Times:
    """A county's setting as times."""
    within = {clock: table[row] * unit for clock, (row, unit) in ROWS.items()}
    hour = timedelta(hours=1)
    return Times(within, table["head hours"] * hour, table["leader hours"] * hour)


def due_at(clock: Clock, received: datetime, since: datetime, times: Times) -> datetime:
    """When a clock runs out: counted from the report, or from the step before."""
    begins = received if clock in FROM_RECEIPT else since
    return begins + times.within[clock]


def rungs(due: datetime, now: datetime, times: Times) -> list[Rung]:
    """Who is to have been called by now for a clock."""
    late = now - due
    when = {
        Rung.duty: timedelta(0),
        Rung.head: times.head_after,
        Rung.leader: times.head_after + times.leader_after,
    }
    return [rung for rung in Rung if late > when[rung]]


def calls_by_now(received: datetime, now: datetime, times: Times) -> int:
    """How many on the roster, one after another, are to have been called because nobody reads."""
    step = times.within[Clock.unread]
    return max(0, (now - received) // step)
