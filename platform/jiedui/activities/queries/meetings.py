"""Meetings: those of a class, whose lists wait, and what a class adds up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor
from jiedui.activities.models import (
    Activity,
    ActivityMeeting,
    ChildPresence,
    HelperPresence,
)
from jiedui.activities.queries.classes import visible_to
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.partners.models import Place
from jiedui.regions.queries import ids_within


def get_meeting(meeting_id: int) -> ActivityMeeting:
    """The meeting with this id; raise Missing."""
    found = db.session.get(ActivityMeeting, meeting_id)
    if found is None:
        raise Missing
    return found


def meetings_of(activity_id: int) -> list[ActivityMeeting]:
    """The meetings of a class with the helpers who came, in order."""
    found = select(ActivityMeeting).where(ActivityMeeting.activity_id == activity_id)
    found = found.options(selectinload(ActivityMeeting.came).joinedload(HelperPresence.helper))
    return list(db.session.scalars(found.order_by(ActivityMeeting.start_at)))


def children_counted(activity_id: int) -> dict[int, int]:
    """How many children came to each meeting of a class."""
    found = (
        select(ChildPresence.meeting_id, func.count())
        .join(ActivityMeeting, ActivityMeeting.id == ChildPresence.meeting_id)
        .where(ActivityMeeting.activity_id == activity_id)
        .group_by(ChildPresence.meeting_id)
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def attended(child_id: int) -> list[tuple[str, int, datetime]]:
    """For each class its title, how often a child was there, and when last."""
    found = (
        select(Activity.title, func.count(), func.max(ActivityMeeting.start_at))
        .join(ActivityMeeting, ActivityMeeting.activity_id == Activity.id)
        .join(ChildPresence, ChildPresence.meeting_id == ActivityMeeting.id)
        .where(ChildPresence.child_id == child_id)
        .group_by(Activity.id, Activity.title)
        .order_by(Activity.id)
    )
    return [(title, count, last) for title, count, last in db.session.execute(found)]


def to_tell(actor: Actor) -> list[ActivityMeeting]:
    """Meetings that are over and of which nobody has said who came: the helper's and the team's
    own."""
    found = (
        select(ActivityMeeting)
        .join(Activity, Activity.id == ActivityMeeting.activity_id)
        .where(visible_to(actor), ActivityMeeting.told_by.is_(None))
        .where(ActivityMeeting.end_at <= clock.now())
        .options(joinedload(ActivityMeeting.activity))
    )
    return list(db.session.scalars(found.order_by(ActivityMeeting.start_at)))


def to_confirm(actor: Actor) -> list[ActivityMeeting]:
    """Lists that wait for whoever is responsible where the class is held."""
    places = select(Place.id).where(Place.region_id.in_(ids_within(actor.scope)))
    found = (
        select(ActivityMeeting)
        .join(Activity, Activity.id == ActivityMeeting.activity_id)
        .where(Activity.place_id.in_(places))
        .where(ActivityMeeting.told_by.is_not(None), ActivityMeeting.confirmed_by.is_(None))
        .options(joinedload(ActivityMeeting.activity))
    )
    return list(db.session.scalars(found.order_by(ActivityMeeting.start_at)))


@dataclass(frozen=True)
class Told:
    """One line of the record of a class: a meeting with numbers, no child's name."""

    meeting: ActivityMeeting
    children: int

    @property
    def minutes(self) -> int:
        """Minutes of all helpers together, as the list says."""
        spans = (one.end_at - one.start_at for one in self.meeting.came)
        return sum(int(span.total_seconds()) // 60 for span in spans)


def record_of(activity: Activity) -> list[Told]:
    """What a class was: its confirmed meetings in order."""
    counted = children_counted(activity.id)
    rows = meetings_of(activity.id)
    return [Told(one, counted.get(one.id, 0)) for one in rows if one.confirmed_by is not None]


def minutes_by_helper(lines: list[Told]) -> list[tuple[str, str, int, int]]:
    """Each helper's code, name, meetings and minutes over confirmed lists, by code."""
    found: dict[int, tuple[str, str, int, int]] = {}
    for line in lines:
        for one in line.meeting.came:
            code, name, times, minutes = found.get(
                one.helper_id, (one.helper.code, one.helper.name, 0, 0)
            )
            more = int((one.end_at - one.start_at).total_seconds()) // 60
            found[one.helper_id] = (code, name, times + 1, minutes + more)
    return sorted(found.values())
