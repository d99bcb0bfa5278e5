"""Logging a session, correcting it, taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.helpers.models import Helper
from jiedui.hours import queries
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import (
    BOOKS_OF,
    EVIDENCE_MOVES,
    FIELD_OF,
    Book,
    Evidence,
    HoursRefusal,
    SessionKind,
    Span,
    begun_on,
    served_on,
    session_fault,
)
from jiedui.pairings.models import Pairing


@dataclass(frozen=True)
class NewSession:
    """What is said of a session. `book` None is the usual one of this kind of helper."""

    on: date
    starts: time
    ends: time
    kind: SessionKind
    at_place: str = ""
    note: str = ""
    book: Book | None = None

    @property
    def span(self) -> Span:
        """The session as instants: a day and two times as clocks in China show them."""
        return Span(
            clock.at(self.on, self.starts.hour, self.starts.minute),
            clock.at(self.on, self.ends.hour, self.ends.minute),
        )


def log_session(pairing: Pairing, said: NewSession, *, by: Actor) -> ServiceSession:
    """Log a session of a pairing as declared. Refuses what cannot be true: no length, future,
    over-long, overlapping any other session of this helper, a day on which the pairing did not
    serve."""
    return _log(pairing, said, by=by)


def _log(
    pairing: Pairing, said: NewSession, *, by: Actor, old: ServiceSession | None = None
) -> ServiceSession:
    helper = db.lock(Helper, pairing.helper_id)
    if helper is None:
        raise ValueError("a pairing without helper")
    books = BOOKS_OF[helper.kind]
    _check(pairing, said, books)
    session = ServiceSession(
        county_id=pairing.county_id,
        pairing_id=pairing.id,
        helper_id=helper.id,
        kind=said.kind,
        book=said.book or books[0],
        on=said.on,
        start_at=said.span.start,
        end_at=said.span.end,
        minutes=int(said.span.length.total_seconds()) // 60,
        at_place=said.at_place,
        note=said.note,
        evidence=Evidence.declared,
        logged_by=by.account_id,
        logged_at=clock.now(),
        replaces=old.id if old else None,
    )
    db.session.add(session)
    if old is None:
        audit.record(Act.session_logged, session, by=by)
    else:
        audit.record(Act.session_corrected, session, by=by, corrects=old.id)
    return session


def _check(pairing: Pairing, said: NewSession, books: tuple[Book, ...]) -> None:
    others = queries.other_spans(pairing.helper_id, said.on)
    days = queries.steps(pairing.id)
    begun = begun_on(days, pairing.first_meeting_on)
    fault = session_fault(said.span, others, clock.now(), begun, said.on)
    if fault is None and not served_on(days, pairing.first_meeting_on, said.on):
        fault = HoursRefusal.pairing_not_serving
    if fault is None and said.book is not None and said.book not in books:
        fault = HoursRefusal.book_not_yours
    if fault is HoursRefusal.overlaps:
        other = next(o for o in others if o.overlaps(said.span))
        raise Refusal(
            fault,
            FIELD_OF[fault],
            day=f"{said.on:%Y-%m-%d}",
            start=f"{clock.local(other.start):%H:%M}",
            end=f"{clock.local(other.end):%H:%M}",
        )
    if fault is not None:
        raise Refusal(fault, FIELD_OF[fault])


def correct(
    session: ServiceSession, said: NewSession, *, by: Actor, version: int | None = None
) -> ServiceSession:
    """Replace a session by a corrected one, which waits for verifying anew; the old row stays.
    Refuses a session that was replaced or taken back, and what log_session refuses."""
    db.lock(Helper, session.helper_id)
    db.session.refresh(session)
    fresh(session.version, version)
    _settle(session, Evidence.replaced)
    db.session.flush()
    return _log(session.pairing, said, by=by, old=session)


def withdraw(session: ServiceSession, *, by: Actor, version: int | None = None) -> None:
    """Take back a session that did not take place; the row stays and counts no more. Refuses a
    verified one: that is for correcting."""
    db.lock(Helper, session.helper_id)
    db.session.refresh(session)
    fresh(session.version, version)
    _settle(session, Evidence.withdrawn)
    audit.record(Act.session_withdrawn, session, by=by)


def _settle(session: ServiceSession, new: Evidence) -> None:
    if not EVIDENCE_MOVES.allows(session.evidence, new):
        raise Refusal(HoursRefusal.settled_already)
    session.evidence = new
