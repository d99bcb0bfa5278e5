"""The hours of a class: what the confirmed list of a meeting says, for every helper who came; at an
event what the scans of its sign say."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.activities.models import ActivityMeeting, HelperPresence
from jiedui.activities.queries.meetings import get_meeting
from jiedui.activities.rules import CalledOff
from jiedui.core import audit, clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.happenings import MeetingCalledOff, MeetingConfirmed
from jiedui.core.outbox import LetterKind
from jiedui.helpers.models import Helper
from jiedui.hours import queries
from jiedui.hours.actions.places import drop_stay
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


@dataclass(frozen=True)
class Known:
    """How we know that somebody was at a meeting: told and verified by two persons, or by the scans
    of a stay."""

    logged_by: int
    verified_by: int | None = None
    stay_id: int | None = None
    device: str | None = None


def on_meeting_confirmed(word: MeetingConfirmed) -> None:
    """Every helper on the list gets a listed session: told by the team, verified by whoever
    confirmed it; but those whose hours there are on record by their scans. A stay nobody ended is
    dropped. One that cannot be true (at the same time elsewhere) refuses the whole list."""
    meeting = get_meeting(word.meeting_id)
    if meeting.told_by is None or meeting.confirmed_by is None:
        raise ValueError("a list nobody confirmed")
    for stay in queries.staying_at(meeting.id):
        drop_stay(stay, by=SYSTEM)
    known, scanned = Known(meeting.told_by, meeting.confirmed_by), queries.checked_in_at(meeting.id)
    for came in sorted(meeting.came, key=lambda one: one.helper_id):
        if came.helper_id not in scanned:
            _enter(meeting, came, known)


def on_meeting_called_off(word: MeetingCalledOff) -> None:
    """A meeting at which somebody was checked in was held, unless no child came: then they waited,
    and that stays on record. Who has only arrived goes home."""
    waited = get_meeting(word.meeting_id).called_off is CalledOff.nobody_came
    if not waited and queries.checked_in_at(word.meeting_id):
        raise Refusal(HoursRefusal.somebody_there)
    for stay in queries.staying_at(word.meeting_id):
        drop_stay(stay, by=SYSTEM)


def _enter(meeting: ActivityMeeting, came: HelperPresence, known: Known) -> None:
    helper = locked(came.helper_id)
    span = Span(came.start_at, came.end_at)
    others = queries.other_spans(helper.id, meeting.on)
    fault = session_fault(span, others, clock.now(), meeting.on, meeting.on)
    if fault is not None:
        raise Refusal(OF_ONE.get(fault, fault), who=helper.code)
    session = put(meeting, helper, span, known)
    audit.record(Act.session_logged, session, by=SYSTEM)
    tell(LetterKind.session_verified, session)


def put(meeting: ActivityMeeting, helper: Helper, span: Span, known: Known) -> ServiceSession:
    """Put one entry of a meeting into the ledger, once it is known that it can be true."""
    place = meeting.activity.place
    here = anomalies.stop_at(place, SessionKind.meeting, span)
    begun, ended = clock.local(span.start).time(), clock.local(span.end).time()
    held = finding(here, begun, ended, anomalies.stops(helper.id, meeting.on))
    session = ServiceSession(
        county_id=meeting.county_id, meeting_id=meeting.id, helper_id=helper.id,
        kind=SessionKind.meeting, book=BOOKS_OF[helper.kind][0], on=meeting.on,
        start_at=span.start, end_at=span.end,
        minutes=int(span.length.total_seconds()) // 60, at_place=place.name, note="",
        evidence=Evidence.checked_in if known.stay_id else Evidence.listed,
        state=EntryState.held if held else EntryState.counted, held_for=held,
        logged_by=known.logged_by, logged_at=clock.now(), device=known.device,
        verified_by=known.verified_by, verified_at=clock.now() if known.verified_by else None,
        stay_id=known.stay_id,
    )  # fmt: skip
    db.session.add(session)
    db.session.flush()
    return session
