"""What the checks look at: the other sessions of a day with their places, and what is new."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.activities.models import Activity, ActivityMeeting
from jiedui.core import clock, db
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import HOLDING, EntryState, Evidence, SessionKind, Span
from jiedui.hours.rules.anomalies import BURST_WITHIN, ROUND_LEAST, Stop
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing
from jiedui.partners.models import Place

WINDOW = timedelta(days=90)


def stop_of(pairing: Pairing, kind: SessionKind, span: Span) -> Stop:
    """A session and the point where it was: none on the telephone."""
    return stop_at(pairing.need.place, kind, span)


def stop_at(place: Place | None, kind: SessionKind, span: Span) -> Stop:
    """A session at a place: nowhere on the telephone."""
    here = place if kind is SessionKind.meeting else None
    return Stop(span, here.point if here is not None else None)


def stops(helper_id: int, on: date) -> list[Stop]:
    """A helper's sessions of one day with their points."""
    meeting = joinedload(ServiceSession.meeting).joinedload(ActivityMeeting.activity)
    found = (
        select(ServiceSession)
        .where(ServiceSession.helper_id == helper_id, ServiceSession.on == on)
        .where(ServiceSession.state.in_(HOLDING))
        .options(
            joinedload(ServiceSession.pairing).joinedload(Pairing.need).joinedload(Need.place),
            meeting.joinedload(Activity.place),
        )
    )
    return [stop_at(s.place, s.kind, Span(s.start_at, s.end_at)) for s in db.session.scalars(found)]


def new(county_id: int, most: int) -> list[int]:
    """Entries nobody has looked at by night yet, oldest first."""
    found = select(ServiceSession.id).where(
        ServiceSession.county_id == county_id, ServiceSession.looked_at.is_(None)
    )
    return list(db.session.scalars(found.order_by(ServiceSession.id).limit(most)))


def whole(ids: list[int]) -> list[ServiceSession]:
    """These entries, those that count."""
    found = select(ServiceSession).where(
        ServiceSession.id.in_(ids), ServiceSession.state == EntryState.counted
    )
    return list(db.session.scalars(found.order_by(ServiceSession.id)))


def times_by_hand(helper_id: int) -> list[tuple[time, time]]:
    """Beginning and end of a helper's last entries that nothing but their word stands for."""
    found = (
        select(ServiceSession.start_at, ServiceSession.end_at)
        .where(ServiceSession.helper_id == helper_id)
        .where(ServiceSession.evidence == Evidence.declared)
        .where(ServiceSession.state == EntryState.counted)
        .where(ServiceSession.on >= clock.today() - WINDOW)
        .order_by(ServiceSession.start_at.desc())
        .limit(ROUND_LEAST)
    )
    return [(clock.local(a).time(), clock.local(b).time()) for a, b in db.session.execute(found)]


def verified_by(account_id: int, since: datetime, until: datetime) -> list[tuple[int, datetime]]:
    """What one person verified between two instants, and a while before, in the order of time."""
    found = (
        select(ServiceSession.id, ServiceSession.verified_at)
        .where(ServiceSession.verified_by == account_id)
        .where(ServiceSession.verified_at >= since - BURST_WITHIN)
        .where(ServiceSession.verified_at <= until)
        .order_by(ServiceSession.verified_at, ServiceSession.id)
    )
    return [(number, at) for number, at in db.session.execute(found) if at is not None]
