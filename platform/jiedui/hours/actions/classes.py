"""The hours of a class: what the confirmed list of a meeting says, for every helper who came."""

from __future__ import annotations

from jiedui.activities.models import ActivityMeeting, HelperPresence
from jiedui.activities.queries.meetings import get_meeting
from jiedui.core import audit, clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.happenings import MeetingConfirmed
from jiedui.core.outbox import LetterKind
from jiedui.hours import queries
from jiedui.hours.actions.sessions import locked
from jiedui.hours.actions.weekly import tell
from jiedui.hours.models import ServiceSession
from jiedui.hours.queries import anomalies
from jiedui.hours.rules import (
    BOOKS_OF,
    EntryState,
    Evidence,
    HoursRefusal,
    SessionKind,
    Span,
    session_fault,
)
from jiedui.hours.rules.anomalies import finding

# A fault of one of many is told with whose it is.
OF_ONE = {
    HoursRefusal.overlaps: HoursRefusal.helper_elsewhere,
    HoursRefusal.day_too_long: HoursRefusal.helper_day_full,
}


def on_meeting_confirmed(word: MeetingConfirmed) -> None:
    """Every helper on the list gets a listed session: told by the team, verified by whoever
    confirmed it. One that cannot be true (at the same time elsewhere) refuses the whole list."""
    meeting = get_meeting(word.meeting_id)
    for came in sorted(meeting.came, key=lambda one: one.helper_id):
        _enter(meeting, came)


def _enter(meeting: ActivityMeeting, came: HelperPresence) -> None:
    if meeting.told_by is None or meeting.confirmed_by is None:
        raise ValueError("a list nobody confirmed")
    helper = locked(came.helper_id)
    span = Span(came.start_at, came.end_at)
    fault = session_fault(
        span, queries.other_spans(helper.id, meeting.on), clock.now(), meeting.on, meeting.on
    )
    if fault is not None:
        raise Refusal(OF_ONE.get(fault, fault), who=helper.code)
    place = meeting.activity.place
    here = anomalies.stop_at(place, SessionKind.meeting, span)
    begun, ended = clock.local(span.start).time(), clock.local(span.end).time()
    held = finding(here, begun, ended, anomalies.stops(helper.id, meeting.on))
    session = ServiceSession(
        county_id=meeting.county_id, meeting_id=meeting.id, helper_id=helper.id,
        kind=SessionKind.meeting, book=BOOKS_OF[helper.kind][0], on=meeting.on,
        start_at=span.start, end_at=span.end,
        minutes=int(span.length.total_seconds()) // 60, at_place=place.name, note="",
        evidence=Evidence.listed, state=EntryState.held if held else EntryState.counted,
        held_for=held, logged_by=meeting.told_by, logged_at=clock.now(),
        verified_by=meeting.confirmed_by, verified_at=clock.now(),
    )  # fmt: skip
    db.session.add(session)
    db.session.flush()
    audit.record(Act.session_logged, session, by=SYSTEM)
    tell(LetterKind.session_verified, session)
