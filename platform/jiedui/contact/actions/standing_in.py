"""A cleared helper stands in for one session: asked by the office or village, answers, and knows
what the visit needs until that day is over."""

from __future__ import annotations

from jiedui.access import actions as access
from jiedui.contact.models import PlannedSession
from jiedui.contact.rules.plan import COMING, GOING_ON, PlanRefusal
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.helpers.models import Helper
from jiedui.pairings.actions import moves


def _locked(session: PlannedSession, version: int | None = None) -> None:
    pairing = moves.locked(session.pairing_id)
    db.session.refresh(session)
    fresh(session.version, version)
    if pairing.state not in GOING_ON:
        raise Refusal(PlanRefusal.not_going_on)
    if session.state not in COMING:
        raise Refusal(PlanRefusal.not_coming)
    if session.start_at <= clock.now():
        raise Refusal(PlanRefusal.past)


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
    session.helper_id = session.pairing.helper_id
    audit.record(Act.substitute_ended, session, by=by)


def _post(session: PlannedSession, kind: LetterKind, helper: Helper | None) -> None:
    about = (PlannedSession.__tablename__, session.id)
    to = helper.account_id if helper else None
    outbox.post(kind, to=to, county_id=session.county_id, about=about)
