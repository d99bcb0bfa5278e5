"""Meetings: those of a class, whose lists wait, and what a class adds up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor, Role
from jiedui.activities.models import (
    Activity,
    ActivityHelper,
    ActivityMeeting,
    ChildPresence,
    HelperPresence,
    MeetingCount,
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


def of_helper(helper_id: int, first: date, last: date) -> list[ActivityMeeting]:
    """Meetings of the classes and groups somebody helps on, from one day to another (both count),
    called-off ones too, in order."""
    on = ActivityHelper.left_at.is_(None), ActivityHelper.answered_at.is_not(None)
    mine = select(ActivityHelper.activity_id).where(ActivityHelper.helper_id == helper_id, *on)
    begins, ends = clock.at(first), clock.at(last + timedelta(days=1))
    found = (
        select(ActivityMeeting)
        .where(ActivityMeeting.activity_id.in_(mine))
        .where(ActivityMeeting.start_at >= begins, ActivityMeeting.start_at < ends)
        .options(joinedload(ActivityMeeting.activity).joinedload(Activity.place))
    )
    return list(db.session.scalars(found.order_by(ActivityMeeting.start_at)))


def children_counted(activity_id: int) -> dict[int, int]:
    """How many children came to each meeting: by the list, at an event by its figures."""
    figures = (
        select(MeetingCount.meeting_id, func.sum(MeetingCount.number))
        .join(ActivityMeeting, ActivityMeeting.id == MeetingCount.meeting_id)
        .where(ActivityMeeting.activity_id == activity_id)
        .group_by(MeetingCount.meeting_id)
    )
    found = (
        select(ChildPresence.meeting_id, func.count())
        .join(ActivityMeeting, ActivityMeeting.id == ChildPresence.meeting_id)
        .where(ActivityMeeting.activity_id == activity_id)
        .group_by(ChildPresence.meeting_id)
    )
    rows = (*db.session.execute(found), *db.session.execute(figures))
    return {row[0]: int(row[1]) for row in rows}


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
    own; of events whoever may say it there."""
    found = (
        select(ActivityMeeting)
        .join(Activity, Activity.id == ActivityMeeting.activity_id)
        .where(visible_to(actor), ActivityMeeting.told_by.is_(None))
        .where(ActivityMeeting.called_off.is_(None))
        .where(ActivityMeeting.end_at <= clock.now())
        .options(joinedload(ActivityMeeting.activity).joinedload(Activity.place))
    )
    rows = db.session.scalars(found.order_by(ActivityMeeting.start_at))
    return [one for one in rows if may(actor, Permission.class_tell, one)]


def to_confirm(actor: Actor) -> list[ActivityMeeting]:
    """Lists that wait for whoever is responsible where it is held and did not tell them."""
    here: ColumnElement[bool] = Place.region_id.in_(ids_within(actor.scope))
    if actor.role is Role.school_worker:
        here = Place.unit_id == actor.unit_id
    found = (
        select(ActivityMeeting)
        .join(Activity, Activity.id == ActivityMeeting.activity_id)
        .where(Activity.place_id.in_(select(Place.id).where(here)))
        .where(ActivityMeeting.told_by != actor.account_id)
        .where(ActivityMeeting.told_by.is_not(None), ActivityMeeting.confirmed_by.is_(None))
        .where(ActivityMeeting.called_off.is_(None))
        .options(joinedload(ActivityMeeting.activity).joinedload(Activity.place))
    )
    rows = db.session.scalars(found.order_by(ActivityMeeting.start_at))
    return [one for one in rows if may(actor, Permission.class_confirm, one)]


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
