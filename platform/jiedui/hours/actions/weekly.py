"""The weekly list: verifying what others declared, or saying what does not agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db, outbox
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import (
    ENTRY_MOVES,
    DisputeReason,
    EntryState,
    Evidence,
    HoursRefusal,
    is_own,
)


def verify(
    sessions: Iterable[ServiceSession],
    *,
    by: Actor,
    versions: Mapping[int, int] | None = None,
) -> list[ServiceSession]:
    """Verify many at once; returns those that were. One that changed since the page was made is
    left as it is. Refuses an empty choice, and one's own: as helper or as who logged it."""
    sessions = list(sessions)
    if not sessions:
        raise Refusal(HoursRefusal.nothing_chosen, "sessions")
    if any(own(s, by) for s in sessions):
        raise Refusal(HoursRefusal.own_session, "sessions")
    locked = [_locked(s) for s in sorted(sessions, key=lambda s: s.id)]
    good = [s for s in locked if _still(s, versions)]
    for session in good:
        session.evidence = Evidence.listed
        session.verified_by, session.verified_at = by.account_id, clock.now()
        session.verified_device = by.device
        session.looked_at = None  # the night looks at who verified it, too
        audit.record(Act.session_verified, session, by=by)
    _tell_of_verified(good)
    return good


def _locked(session: ServiceSession) -> ServiceSession:
    db.lock(ServiceSession, session.id)
    return session


def _still(session: ServiceSession, versions: Mapping[int, int] | None) -> bool:
    if (session.evidence, session.state) != (Evidence.declared, EntryState.counted):
        return False
    return versions is None or versions.get(session.id) == session.version


def own(session: ServiceSession, by: Actor) -> bool:
    """Whether somebody would stand for their own session: as its helper, or as who logged it."""
    persons = frozenset({by.account_id, by.acts_as})
    return is_own(persons, session.helper.account_id, session.logged_by)


def _tell_of_verified(sessions: list[ServiceSession]) -> None:
    """One letter for each helper, however many sessions."""
    last = {s.helper_id: s for s in sessions}
    for session in last.values():
        tell(LetterKind.session_verified, session)


def tell(kind: LetterKind, session: ServiceSession) -> None:
    """The helper, or who logged it from paper for somebody without an account."""
    outbox.post(
        kind,
        to=session.helper.account_id or session.logged_by,
        county_id=session.county_id,
        about=(session.__tablename__, session.id),
    )


def dispute(
    session: ServiceSession,
    reason: DisputeReason | None,
    *,
    by: Actor,
    version: int | None = None,
) -> None:
    """Say that a session does not agree; its helper hears of it and corrects it or takes it
    back. Refuses one's own, and one that was settled meanwhile."""
    if reason is None:
        raise Refusal(HoursRefusal.reason_missing, "reason")
    db.lock(ServiceSession, session.id)
    fresh(session.version, version)
    if own(session, by):
        raise Refusal(HoursRefusal.own_session)
    if not ENTRY_MOVES.allows(session.state, EntryState.disputed):
        raise Refusal(HoursRefusal.settled_already)
    session.state = EntryState.disputed
    session.dispute_reason, session.disputed_by = reason, by.account_id
    audit.record(Act.session_disputed, session, by=by, reason=reason.value)
    tell(LetterKind.session_disputed, session)
