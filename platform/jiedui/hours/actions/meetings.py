"""Arriving at a class, a group or an event and leaving it, by the sign that is shown there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor
from jiedui.activities.models import ActivityMeeting
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.helpers.models import Helper
from jiedui.hours import queries
from jiedui.hours.actions.classes import Known, put
from jiedui.hours.actions.sessions import locked
from jiedui.hours.models import PlaceStay, ServiceSession
from jiedui.hours.rules import HoursRefusal, Span, session_fault
from jiedui.hours.rules.codes import step_fresh

Sign = tuple[int, str]


def arrive_at_meeting(
    meeting: ActivityMeeting, helper: Helper, sign: Sign, *, by: Actor
) -> PlaceStay:
    """A volunteer is there from now on. Refuses a sign that is false or more than two steps old, a
    meeting of another day, one that is over or called off, whoever is not on its list, or may show
    the sign in another of their roles, and a second stay."""
    helper = locked(helper.id)
    _seen(meeting, sign)
    if not held_today(meeting) or meeting.end_at <= clock.now():
        raise Refusal(HoursRefusal.meeting_not_now)
    if helper.id not in {one.helper_id for one in meeting.activity.helpers_on}:
        raise Refusal(HoursRefusal.not_on_list)
    if shows_sign(by, meeting):
        raise Refusal(HoursRefusal.shows_sign)
    if queries.staying(helper.id) is not None:
        raise Refusal(HoursRefusal.here_already)
    stay = PlaceStay(
        county_id=meeting.county_id, place_id=meeting.activity.place_id, helper_id=helper.id,
        meeting_id=meeting.id, arrived_at=clock.now(),
    )  # fmt: skip
    db.session.add(stay)
    audit.record(Act.place_arrived, stay, by=by)
    return stay


def shows_sign(by: Actor, meeting: ActivityMeeting) -> bool:
    """Whether somebody may show the sign, in whichever of their roles: it checks nobody in who
    could scan their own."""
    roles = (replace(by, holding=one) for one in by.holdings)
    return any(may(one, Permission.meeting_sign, meeting) for one in roles)


def held_today(meeting: ActivityMeeting) -> bool:
    """Whether it is held today: its sign works on its day and no other."""
    return meeting.called_off is None and meeting.on == clock.today()


def _seen(meeting: ActivityMeeting, sign: Sign) -> None:
    step, mark = sign
    if not queries.meeting_sign_is(meeting.id, step, mark):
        raise Refusal(HoursRefusal.sign_false)
    if not step_fresh(step, clock.now()):
        raise Refusal(HoursRefusal.sign_old)


def leave_meeting(
    stay: PlaceStay, meeting: ActivityMeeting, sign: Sign, *, by: Actor
) -> ServiceSession:
    """The volunteer goes: what lies between both scans and within the meeting is checked in, in
    whole minutes. Refuses a sign of another meeting, a stay of another day or under a minute, and
    hours that somebody has elsewhere at that time; such a stay is dropped and the list says it."""
    helper = locked(stay.helper_id)
    db.session.refresh(stay)
    _seen(meeting, sign)
    if stay.left_at is not None:
        raise Refusal(HoursRefusal.not_here)
    if stay.meeting_id != meeting.id:
        raise Refusal(HoursRefusal.other_place)
    if not held_today(meeting):
        raise Refusal(HoursRefusal.other_day)
    now = clock.now()
    span = Span(max(_minute(stay.arrived_at), meeting.start_at), min(_minute(now), meeting.end_at))
    _check(helper, meeting, span)
    stay.left_at = now
    known = Known(by.account_id, stay_id=stay.id, device=by.device)
    session = put(meeting, helper, span, known)
    audit.record(Act.session_logged, session, by=by)
    audit.record(Act.place_left, stay, by=by)
    return session


def _check(helper: Helper, meeting: ActivityMeeting, span: Span) -> None:
    others = queries.other_spans(helper.id, meeting.on)
    fault = session_fault(span, others, clock.now(), meeting.on, meeting.on)
    if fault is HoursRefusal.overlaps:
        other = next(one for one in others if one.overlaps(span))
        start, end = (f"{clock.local(at):%H:%M}" for at in (other.start, other.end))
        raise Refusal(fault, day=f"{meeting.on:%Y-%m-%d}", start=start, end=end)
    if fault is not None:
        raise Refusal(fault)


def _minute(moment: datetime) -> datetime:
    """The whole minute a clock shows: what both ends lose is under a minute."""
    return moment.replace(second=0, microsecond=0)
