"""Sessions are planned eight weeks ahead, moved, called off, and compared with what took place."""

from __future__ import annotations

from datetime import date, time, timedelta

from jiedui.contact.actions import standing_in
from jiedui.contact.models import PlannedSession
from jiedui.contact.queries import plan as queries
from jiedui.contact.rules.plan import (
    AHEAD,
    BY_CALENDAR,
    COMING,
    GOING_ON,
    MISSED_AFTER,
    SESSION_MOVES,
    LeftOut,
    Plan,
    PlanRefusal,
    SessionState,
    Turn,
    turns,
)
from jiedui.core import audit, clock, db
from jiedui.core.actors import SYSTEM, By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.helpers.models import Helper
from jiedui.pairings.actions import moves
from jiedui.pairings.models import Pairing

Key = tuple[date, int]  # which turn of the plan


def plan_ahead(pairing_id: int) -> int:
    """Plan what is missing for the next eight weeks, and look again what the calendar leaves out;
    may run twice. Returns how many sessions are new."""
    pairing = moves.locked(pairing_id)
    db.lock(Helper, pairing.helper_id)  # two pairings of one helper must not plan the same hour
    plan = queries.plan_of(pairing)
    if plan is None:
        return 0
    first, last = clock.today() + timedelta(days=1), clock.today() + AHEAD
    calendar = queries.Calendar(pairing.county_id, first, last)
    wanted = list(turns(plan, first, last))
    known = {(one.planned_on, one.slot): one for one in queries.future(pairing.id)}
    _drop(known, {(turn.on, turn.slot) for turn in wanted})
    taken = queries.busy(pairing.helper_id)
    new = [turn for turn in wanted if (turn.on, turn.slot) not in known]
    made = _add(pairing, plan, [(turn, _free(plan, turn, taken)) for turn in new], calendar)
    _look_again(plan, list(known.values()), calendar)
    if made:
        left = sum(one.state is SessionState.cancelled for one in made)
        audit.record(Act.plan_made, pairing, by=SYSTEM, planned=len(made) - left, left_out=left)
    return len(made)


def _drop(known: dict[Key, PlannedSession], wanted: set[Key]) -> None:
    """What the plan does not say any more and nobody has touched is not planned any more."""
    for key, one in list(known.items()):
        if key not in wanted and one.changed_at is None and one.state is SessionState.planned:
            db.session.delete(known.pop(key))
    db.session.flush()


def _free(plan: Plan, turn: Turn, taken: set[tuple[date, time]]) -> Turn | None:
    """The turn itself, or where another child comes first another common time of that week."""
    monday = turn.on - timedelta(days=turn.on.weekday())
    others = [Turn(monday + timedelta(days=slot // 3), slot) for slot in plan.slots]
    for one in [turn, *others]:
        if (one.on, one.starts) not in taken and one.on >= turn.on:
            taken.add((one.on, one.starts))
            return Turn(one.on, one.slot)
    return None


def _add(
    pairing: Pairing, plan: Plan, found: list[tuple[Turn, Turn | None]], calendar: queries.Calendar
) -> list[PlannedSession]:
    """Write down what has a time; where another child came first, not what stands there already."""
    made = []
    for wanted, turn in found:
        if turn is not None and (turn == wanted or not _exists(pairing.id, turn)):
            made.append(_made(pairing, plan, turn, calendar.left_out(plan, turn)))
    db.session.add_all(made)
    db.session.flush()
    return made


def _made(pairing: Pairing, plan: Plan, turn: Turn, why: LeftOut | None) -> PlannedSession:
    return PlannedSession(
        county_id=pairing.county_id,
        pairing_id=pairing.id,
        helper_id=pairing.helper_id,
        planned_on=turn.on,
        slot=turn.slot,
        start_at=clock.at(turn.on, turn.starts.hour, turn.starts.minute),
        end_at=clock.at(turn.on, turn.ends.hour, turn.ends.minute),
        kind=plan.kind,
        state=SessionState.cancelled if why else SessionState.planned,
        left_out=why,
    )


def _exists(pairing_id: int, turn: Turn) -> bool:
    mine = {"pairing_id": pairing_id, "planned_on": turn.on, "slot": turn.slot}
    return db.session.query(PlannedSession).filter_by(**mine).first() is not None


def _look_again(plan: Plan, known: list[PlannedSession], calendar: queries.Calendar) -> None:
    """A day may have become one of holidays or exams since it was planned, or be one no more. What
    somebody has moved stays: they know why."""
    for one in known:
        if one.moved_from is not None or one.state not in (*COMING, SessionState.cancelled):
            continue
        why = calendar.left_out(plan, Turn(one.planned_on, one.slot))
        if one.state in COMING and why is not None:
            standing_in.end(one, by=SYSTEM)
            one.state, one.left_out = SessionState.cancelled, why
        elif one.left_out in BY_CALENDAR and why is None and _start_free(one):
            one.state, one.left_out = SessionState.planned, None
        elif one.left_out in BY_CALENDAR and why is not None:
            one.left_out = why
    db.session.flush()


def _start_free(one: PlannedSession) -> bool:
    return queries.local(one.start_at) not in queries.busy(one.pairing.helper_id)


def _locked(session: PlannedSession, version: int | None) -> Pairing:
    pairing = moves.locked(session.pairing_id)
    db.lock(Helper, pairing.helper_id)
    db.session.refresh(session)
    fresh(session.version, version)
    if pairing.state not in GOING_ON:
        raise Refusal(PlanRefusal.not_going_on)
    return pairing


def move(session: PlannedSession, to: Turn, *, by: By, version: int | None = None) -> None:
    """Move a session to another of the common times, also one that was called off. Who stood in
    does so no more. Refuses one that is over, and a time that is not among those suggested."""
    pairing = _locked(session, version)
    if session.state not in (*COMING, SessionState.cancelled):
        raise Refusal(PlanRefusal.not_coming)
    if to not in queries.other_times(session):
        raise Refusal(PlanRefusal.not_suggested, "to")
    standing_in.end(session, by=by)
    session.moved_from = session.moved_from or session.start_at
    session.start_at = clock.at(to.on, to.starts.hour, to.starts.minute)
    session.end_at = clock.at(to.on, to.ends.hour, to.ends.minute)
    _become(session, SessionState.moved, by)
    audit.record(Act.plan_moved, session, by=by)
    _tell_others(pairing, LetterKind.session_moved, by)


def cancel(session: PlannedSession, reason: LeftOut, *, by: By, version: int | None = None) -> None:
    """Call a session off and say why. Refuses one that is over or called off already."""
    pairing = _locked(session, version)
    if session.state not in COMING:
        raise Refusal(PlanRefusal.not_coming)
    if session.start_at <= clock.now():
        raise Refusal(PlanRefusal.past)
    standing_in.end(session, by=by)
    _become(session, SessionState.cancelled, by, reason)
    audit.record(Act.plan_cancelled, session, by=by, reason=reason)
    _tell_others(pairing, LetterKind.session_cancelled, by)


def _become(
    session: PlannedSession, new: SessionState, by: By, reason: LeftOut | None = None
) -> None:
    SESSION_MOVES.require(session.state, new)
    session.state, session.left_out = new, reason
    session.changed_by, session.changed_at, session.told_at = by.account_id, clock.now(), None
    db.session.flush()  # the database holds that nobody is at two places


def _tell_others(pairing: Pairing, kind: LetterKind, by: By) -> None:
    """The other side is told: the helper of what others did; the village of all, for it tells a
    family that has no account."""
    if by.account_id != pairing.account_id:
        moves.tell_helper(pairing, kind)
    else:
        moves.tell_village(pairing, kind)


def told(session: PlannedSession, *, by: By) -> None:
    """Somebody has told the family of the last change."""
    if session.told_at is None and session.changed_at is not None:
        session.told_at = clock.now()
        audit.record(Act.plan_told, session, by=by)


def settle(session_ids: list[int]) -> int:
    """Say of sessions whose time is over whether they took place: held where hours know of one on
    that day, missed where nobody has logged one for two weeks; a later log mends that. Returns how
    many were settled now."""
    rows = [queries.get(number) for number in session_ids]
    if not rows:
        return 0
    days = [queries.local(one.start_at)[0] for one in rows]
    found = queries.held({one.pairing_id for one in rows}, min(days), max(days))
    held = {(one.pairing_id, one.on) for one in found}
    done = 0
    for one, day in zip(rows, days, strict=True):
        late = clock.now() - one.end_at > MISSED_AFTER
        new = SessionState.held if (one.pairing_id, day) in held else None
        new = new or (SessionState.missed if late else None)
        if new is not None and SESSION_MOVES.allows(one.state, new):
            one.state = new
            done += 1
    db.session.flush()
    return done


def follow(pairing: Pairing) -> None:
    """A pairing has moved: what was planned stops with it, or after the goodbye, and comes back
    when it goes on. Who stands in loses what was opened for them, in the same act."""
    for one in queries.future(pairing.id):
        goes_on = pairing.state in GOING_ON and not _after_goodbye(pairing, one)
        if not goes_on and one.state in COMING:
            standing_in.end(one, by=SYSTEM)
            one.state, one.left_out = SessionState.cancelled, LeftOut.pairing_stopped
        elif goes_on and one.left_out is LeftOut.pairing_stopped and _start_free(one):
            one.state, one.left_out = SessionState.planned, None
    db.session.flush()


def _after_goodbye(pairing: Pairing, one: PlannedSession) -> bool:
    goodbye = pairing.goodbye_on
    return goodbye is not None and queries.local(one.start_at)[0] > goodbye
