"""Logging a session, correcting it, taking it back."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.helpers.models import Helper
from jiedui.hours import queries
from jiedui.hours.actions import codes
from jiedui.hours.actions.journal import confide
from jiedui.hours.actions.said import Known, NewSession
from jiedui.hours.models import ServiceSession
from jiedui.hours.queries import anomalies
from jiedui.hours.rules import (
    BOOKS_OF,
    ENTRY_MOVES,
    FIELD_OF,
    Book,
    EntryState,
    HeldFor,
    HoursRefusal,
    begun_on,
    may_withdraw,
    served_on,
    session_fault,
)
from jiedui.hours.rules.anomalies import finding
from jiedui.pairings.models import Pairing


def log_session(pairing: Pairing, said: NewSession, *, by: Actor) -> ServiceSession:
    """Log a session of a pairing: declared, or checked in by a code of the carer's strip that is
    typed within 48 hours. Refuses what cannot be true: no length, future, over-long, overlapping
    any other session of this helper, a day on which the pairing did not serve; and a wrong code."""
    helper = locked(pairing.helper_id)
    return enter(pairing, helper, said, codes.known_by(pairing, said), by=by)


def locked(helper_id: int) -> Helper:
    """The helper, locked: nobody else logs, corrects or certifies for them meanwhile."""
    helper = db.lock(Helper, helper_id)
    if helper is None:
        raise ValueError("no such helper")
    return helper


def enter(
    pairing: Pairing,
    helper: Helper,
    said: NewSession,
    known: Known,
    *,
    by: Actor,
    old: ServiceSession | None = None,
) -> ServiceSession:
    """Put one entry into the ledger for who was there (the pairing's own helper, or who stood in),
    once it is known how we know of it; see log_session."""
    books = BOOKS_OF[helper.kind]
    _check(pairing, helper, said, books)
    held = known.held_for or _stands_out(pairing, helper, said)
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
        subject=said.subject,
        progress=said.progress,
        mood=said.mood,
        evidence=known.evidence,
        state=EntryState.held if held else EntryState.counted,
        held_for=held,
        code_id=known.code_id,
        stay_id=known.stay_id,
        logged_by=by.account_id,
        logged_at=clock.now(),
        device=by.device,
        replaces=old.id if old else None,
    )
    db.session.add(session)
    return _on_record(session, said, old, by=by)


def _on_record(
    session: ServiceSession, said: NewSession, old: ServiceSession | None, *, by: Actor
) -> ServiceSession:
    if said.confided:
        confide(session, said.confided, by=by)
    if old is None:
        audit.record(Act.session_logged, session, by=by)
    else:
        audit.record(Act.session_corrected, session, by=by, corrects=old.id)
    return session


def _stands_out(pairing: Pairing, helper: Helper, said: NewSession) -> HeldFor | None:
    others = anomalies.stops(helper.id, said.on)
    here = anomalies.stop_of(pairing, said.kind, said.span)
    return finding(here, said.starts, said.ends, others)


def _check(pairing: Pairing, helper: Helper, said: NewSession, books: tuple[Book, ...]) -> None:
    others = queries.other_spans(helper.id, said.on)
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
    """Reverse a session and enter a corrected one, which waits for verifying anew; the old row
    stays as it was counted. Refuses one that was reversed meanwhile, what log_session refuses, and
    one of a class: its list says when somebody was there."""
    if session.pairing is None:
        raise Refusal(HoursRefusal.of_a_list)
    helper = locked(session.helper_id)
    db.session.refresh(session)
    fresh(session.version, version)
    _reverse(session, by)
    known = Known(held_for=codes.held_by_guesses(session.pairing.id))
    return enter(session.pairing, helper, said, known, by=by, old=session)


def withdraw(session: ServiceSession, *, by: Actor, version: int | None = None) -> None:
    """Take back a session that did not take place: a reversing entry stands against it. Refuses
    one that others or a sign stand for: that is for correcting."""
    locked(session.helper_id)
    db.session.refresh(session)
    fresh(session.version, version)
    if not may_withdraw(session.evidence, session.state):
        raise Refusal(HoursRefusal.settled_already)
    _reverse(session, by)
    audit.record(Act.session_withdrawn, session, by=by)


def _reverse(session: ServiceSession, by: Actor) -> None:
    """The reversing entry, in the same column and with the minutes below nothing; the database
    lets an entry be reversed only once it stands there."""
    if not ENTRY_MOVES.allows(session.state, EntryState.reversed):
        raise Refusal(HoursRefusal.settled_already)
    same = (
        "county_id", "pairing_id", "meeting_id", "helper_id", "kind", "book", "on", "start_at",
        "end_at",
    )  # fmt: skip
    back = ServiceSession(
        **{name: getattr(session, name) for name in same},
        minutes=-session.minutes,
        at_place="",
        note="",
        evidence=session.evidence,
        state=EntryState.reversal,
        logged_by=by.account_id,
        logged_at=clock.now(),
        reverses=session.id,
    )
    db.session.add(back)
    db.session.flush()
    session.state = EntryState.reversed
    db.session.flush()
