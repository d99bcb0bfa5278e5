"""Entries in question: a person looks at what is held, a helper objects and is answered."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.hours import queries
from jiedui.hours.actions.weekly import own, tell
from jiedui.hours.models import Objection, ServiceSession
from jiedui.hours.rules import EntryState, Evidence, HeldFor, HoursRefusal
from jiedui.hours.rules.ledger import ANSWER_WITHIN


def hold(session: ServiceSession, why: HeldFor, *, by: By) -> bool:
    """Hold a counted entry until a person has looked; says whether it was. Whatever was looked at
    before is not held again."""
    if session.state is not EntryState.counted or session.held_for is not None:
        return False
    session.state, session.held_for = EntryState.held, why
    audit.record(Act.session_held, session, by=by, reason=why.value)
    return True


def release(session: ServiceSession, *, by: Actor, version: int | None = None) -> None:
    """Somebody has looked: the entry counts, by whatever it was known by. Refuses one's own, and
    one that is not held."""
    db.lock(ServiceSession, session.id)
    fresh(session.version, version)
    if own(session, by):
        raise Refusal(HoursRefusal.own_session)
    if session.state is not EntryState.held:
        raise Refusal(HoursRefusal.not_held)
    session.state = EntryState.counted
    audit.record(Act.session_released, session, by=by)
    tell(LetterKind.session_verified, session)


def object_to_dispute(session: ServiceSession, words: str, *, by: Actor) -> Objection:
    """The helper (or who logs for them) stands by a disputed session; the answer is due in ten
    working days. Refuses a session nobody disputes, and a second objection."""
    db.lock(ServiceSession, session.id)
    if session.state is not EntryState.disputed:
        raise Refusal(HoursRefusal.not_disputed)
    if queries.objection_to(session.id) is not None:
        raise Refusal(HoursRefusal.objected_already)
    said = Objection(
        county_id=session.county_id,
        session_id=session.id,
        words=words,
        raised_by=by.account_id,
        raised_at=clock.now(),
        due=clock.working_days_after(clock.today(), ANSWER_WITHIN),
    )
    db.session.add(said)
    audit.record(Act.session_objected, said, by=by)
    return said


def answer(objection: Objection, *, upheld: bool, words: str, by: Actor) -> None:
    """Answer an objection: upheld, the session counts (a declared one as listed, by who answers);
    else the dispute stands. Refuses one's own session, whoever disputed it, a second answer."""
    session = objection.session
    db.lock(ServiceSession, session.id)
    db.session.refresh(objection)
    if objection.answered_at is not None:
        raise Refusal(HoursRefusal.answered_already)
    if own(session, by):
        raise Refusal(HoursRefusal.own_session)
    if session.disputed_by in (by.account_id, by.acts_as):
        raise Refusal(HoursRefusal.own_dispute)
    objection.upheld, objection.answer = upheld, words
    objection.answered_by, objection.answered_at = by.account_id, clock.now()
    if upheld and session.state is EntryState.disputed:
        _count(session, by)
    audit.record(Act.session_answered, objection, by=by, upheld=upheld)
    tell(LetterKind.session_verified if upheld else LetterKind.session_disputed, session)


def _count(session: ServiceSession, by: Actor) -> None:
    session.state = EntryState.counted
    if session.evidence is Evidence.declared:
        session.evidence = Evidence.listed
        session.verified_by, session.verified_at = by.account_id, clock.now()
