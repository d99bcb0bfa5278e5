"""Slips of children's seats: whose code it is, today's meeting, what was scanned there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from jiedui.activities.models import Activity, ActivityChild, ActivityMeeting, SeatScan
from jiedui.activities.queries.meetings import meetings_of
from jiedui.activities.rules import ActivityKind
from jiedui.core import clock, db
from jiedui.core.errors import Missing


@dataclass(frozen=True)
class Slip:
    """A seat by the code of its slip, as the keeper of the event sees it: a number, nobody's name.
    It is a thing of the event: who keeps that, not who knows the child, may use it."""

    entry: ActivityChild

    @property
    def activity(self) -> Activity:
        """The event."""
        return self.entry.activity

    @property
    def kind(self) -> ActivityKind:
        """What it is a seat of."""
        return self.activity.kind

    @property
    def scope_path(self) -> str:
        """Where the event is held."""
        return self.activity.scope_path

    @property
    def unit_id(self) -> int | None:
        """The unit that holds it."""
        return self.activity.unit_id

    @property
    def host_unit_id(self) -> int | None:
        """The unit whose place it is held at."""
        return self.activity.host_unit_id


def slip_by(slip_token: str) -> Slip:
    """The seat whose slip has this code; raise Missing."""
    found = db.session.scalar(select(ActivityChild).where(ActivityChild.slip == slip_token))
    if found is None:
        raise Missing
    return Slip(found)


def meeting_today(activity: Activity) -> ActivityMeeting | None:
    """The meeting at which slips are scanned: today's, if it is not called off."""
    rows = (one for one in meetings_of(activity.id) if one.on == clock.today())
    return next((one for one in rows if one.called_off is None), None)


def scanned(meeting_id: int) -> dict[int, datetime]:
    """When the slip of each seat (by its number in the records) was scanned at a meeting."""
    found = select(SeatScan).where(SeatScan.meeting_id == meeting_id)
    return {one.entry_id: one.scanned_at for one in db.session.scalars(found)}
