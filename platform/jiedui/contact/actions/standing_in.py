"""A cleared helper stands in for one session: asked by office or village, answers, and knows what
the visit needs until that day is over."""

from __future__ import annotations

from datetime import timedelta

from jiedui.access import actions as access
from jiedui.access.rules import Actor, GrantLevel
from jiedui.contact import candidates
from jiedui.contact.models import PlannedSession
from jiedui.contact.queries import plan as queries
from jiedui.contact.rules.plan import COMING, GOING_ON, LeftOut, PlanRefusal, SessionState
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import SYSTEM, By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.helpers.models import Helper
from jiedui.pairings.actions import moves


def _locked(session: PlannedSession, version: int | None) -> None:
    """Held, to come, and somebody else may come: refuses anything else."""
    pairing = moves.locked(session.pairing_id)
    db.session.refresh(session)
    fresh(session.version, version)
    if pairing.state not in GOING_ON:
        raise Refusal(PlanRefusal.not_going_on)
    away = session.left_out is LeftOut.helper_cannot
    if session.state not in COMING and not away:
        raise Refusal(PlanRefusal.not_coming)
    if session.start_at <= clock.now():
        raise Refusal(PlanRefusal.past)


def ask(session: PlannedSession, helper_id: int, *, by: By, version: int | None = None) -> None:
    """Ask a helper whether they can stand in. Refuses when somebody has been asked or stands in
    already, and who may not: not cleared, not free, or something speaks against the two."""
    _locked(session, version)
    if session.asked_id is not None or session.stood_in:
        raise Refusal(PlanRefusal.asked_already)
    if not candidates.possible(session, helper_id):
        raise Refusal(PlanRefusal.not_possible, "helper")
    session.asked_id = helper_id
    db.session.flush()
    db.session.refresh(session)
    audit.record(Act.substitute_asked, session, by=by)
    _post(session, LetterKind.substitute_asked, session.asked)


def accept(session: PlannedSession, *, by: Actor, version: int | None = None) -> None:
    """Who was asked says yes, or has said so on the telephone where they have no account; what the
    visit needs is open to them until that day is over. Refuses anybody else, and who could not be
    asked any more."""
    _locked(session, version)
    asked = _asked(session, by)
    db.lock(Helper, asked.id)
    if not candidates.possible(session, asked.id):
        raise Refusal(PlanRefusal.not_possible)
    session.helper_id, session.asked_id = asked.id, None
    session.state = SessionState.moved if session.moved_from else SessionState.planned
    session.left_out = None
    session.changed_by, session.changed_at, session.told_at = by.account_id, clock.now(), None
    db.session.flush()  # the database holds that nobody is at two places
    db.session.refresh(session)
    _open(session, asked)
    audit.record(Act.substitute_answered, session, by=by, answer="yes")
    moves.tell_helper(session.pairing, LetterKind.substitute_found)
    moves.tell_village(session.pairing, LetterKind.substitute_found)


def _open(session: PlannedSession, helper: Helper) -> None:
    """The children and the session, for the day on which it is, and no longer."""
    after = queries.local(session.start_at)[0] + timedelta(days=1)
    source = (PlannedSession.__tablename__, session.id)
    for thing in [*(("child", child.id) for child in session.pairing.need.children), source]:
        access.grant(
            helper.account_id,
            thing,
            GrantLevel.visit,
            source=source,
            county_id=session.county_id,
            until=clock.at(after),
        )


def decline(session: PlannedSession, *, by: Actor, version: int | None = None) -> None:
    """Who was asked cannot come: no reason is asked, and somebody else may be."""
    _locked(session, version)
    _asked(session, by)
    session.asked_id = None
    audit.record(Act.substitute_answered, session, by=by, answer="no")
    moves.tell_village(session.pairing, LetterKind.substitute_declined)


def _asked(session: PlannedSession, by: Actor) -> Helper:
    """Who was asked; only they answer, or anybody who calls them where they have no account."""
    if session.asked is None:
        raise Refusal(PlanRefusal.not_asked)
    if session.asked.account_id not in (None, by.account_id):
        raise Refusal(PlanRefusal.not_asked)
    return session.asked


def end(session: PlannedSession, *, by: By) -> None:
    """Nobody stands in any more: what was opened closes, who did or was asked is told. A step of
    an act on the session; nothing where nobody stands in."""
    if session.asked_id is not None:
        _post(session, LetterKind.substitute_ended, session.asked)
        session.asked_id = None
    if not session.stood_in:
        return
    access.end_grants((PlannedSession.__tablename__, session.id))
    _post(session, LetterKind.substitute_ended, session.helper)
    audit.record(Act.substitute_ended, session, by=by)
    session.helper_id = session.pairing.helper_id


def lose(helper_id: int) -> None:
    """A helper's clearance has ended, or something about them is looked into: they stand in
    nowhere any more, and the sessions wait for somebody else."""
    for session in queries.standing_in(helper_id):
        end(session, by=SYSTEM)
        if session.state in COMING:
            session.state, session.left_out = SessionState.cancelled, LeftOut.helper_cannot
            session.changed_by, session.changed_at, session.told_at = None, clock.now(), None
        moves.tell_village(session.pairing, LetterKind.substitute_declined)
    db.session.flush()


def _post(session: PlannedSession, kind: LetterKind, helper: Helper | None) -> None:
    about = (PlannedSession.__tablename__, session.id)
    to = helper.account_id if helper else None
    outbox.post(kind, to=to, county_id=session.county_id, about=about)
