"""A file beyond somebody's area is asked for, opened to them or not, and closed again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jiedui.access.actions.grants import end_grants, grant
from jiedui.access.models import Account
from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor, GrantLevel
from jiedui.children.models import Child
from jiedui.children.rules import ChildState, RevealReason, file_number
from jiedui.core import audit, clock, db
from jiedui.core.actors import SYSTEM, By
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal, fresh
from jiedui.core.happenings import ChildClosed, FilesJoined
from jiedui.core.resident_id import masked, tidy
from jiedui.files.models import FileAccess
from jiedui.files.queries.beyond import living_of, meant, not_given
from jiedui.files.rules import (
    ACCESS_MOVES,
    MOST_WAITING,
    WORDS_LEAST,
    AccessState,
    FileAccessRefusal,
    term_fault,
    two_persons_fault,
)


@dataclass(frozen=True)
class AccessAsked:
    """Whose file, by its number or the identity number; for which of the five reasons, in words,
    and until which day."""

    number: str
    reason: RevealReason
    words: str
    until: date


def ask_access(said: AccessAsked, *, by: Actor) -> FileAccess:
    """Ask for a file. It is kept alike whether or not there is one. Refuses more than thirty
    days, words that say nothing, too many at once, and a file that can be read already."""
    days = (said.until - clock.today()).days
    fault = term_fault(days)
    if fault is not None:
        raise Refusal(fault, "until")
    if len(said.words.strip()) < WORDS_LEAST:
        raise Refusal(FileAccessRefusal.too_short, "words")
    db.lock(Account, by.account_id, referred=True)
    if by.holding is None or not_given(by.account_id) >= MOST_WAITING:
        raise Refusal(FileAccessRefusal.too_many)
    child = meant(by.county_id, said.number)
    if child is not None and may(by, Permission.child_read, child):
        raise Refusal(FileAccessRefusal.in_reach, "number")
    one = FileAccess(
        county_id=by.county_id,
        child_id=child.id if child is not None else None,
        asked_for=_told(said.number),
        reason=said.reason,
        words=said.words.strip(),
        asked_by=by.account_id,
        holding_id=by.holding.id,
        asked_on=clock.today(),
        asked_at=clock.now(),
        asked_days=days,
    )
    db.session.add(one)
    audit.record(Act.file_access_asked, one, by=by, reason=said.reason, days=days)
    return one


def _told(number: str) -> str:
    file = file_number(number)
    return masked(tidy(number)) if file is None else f"C-{file:04d}"


def open_access(one: FileAccess, until: date, *, by: Actor, version: int | None) -> None:
    """Let who asked read the file until a day, the one asked for or an earlier one. Refuses who
    asked and who stands in for them, a second decision, and a file that is closed."""
    child = _undecided(one, by, version)
    days = (until - one.asked_on).days
    fault = term_fault(days, one.asked_days)
    if fault is None and until < clock.today():
        fault = FileAccessRefusal.over
    if fault is not None:
        raise Refusal(fault, "until")
    one.given_days = days
    _decide(one, AccessState.open, by)
    grant(
        one.asked_by,
        ("child", child.id),
        GrantLevel.read,
        source=(one.__tablename__, one.id),
        county_id=one.county_id,
        until=clock.at(until + timedelta(days=1)),
        holding_id=one.holding_id,
    )
    audit.record(Act.file_access_opened, one, by=by, child=child.id, days=days)


def refuse_access(one: FileAccess, why: str, *, by: Actor, version: int | None) -> None:
    """Leave the file closed, with the reason in words, which who asked is not told: it would say
    that there is such a file. Refuses as open_access does."""
    child = _undecided(one, by, version)
    if len(why.strip()) < WORDS_LEAST:
        raise Refusal(FileAccessRefusal.too_short, "answer")
    one.answer = why.strip()
    _decide(one, AccessState.refused, by)
    audit.record(Act.file_access_refused, one, by=by, child=child.id)


def _undecided(one: FileAccess, by: Actor, version: int | None) -> Child:
    child = db.lock(Child, one.child_id)  # first: it may just be closed, which ends what is open
    db.lock(FileAccess, one.id)
    fresh(one.version, version)
    fault = two_persons_fault(one.asked_by, by)
    if fault is None and one.state is not AccessState.asked:
        fault = FileAccessRefusal.decided
    if fault is None and one.until < clock.today():
        fault = FileAccessRefusal.over
    if child is None:
        raise Missing
    if fault is None and child.state is not ChildState.open:
        fault = FileAccessRefusal.file_closed
    if fault is not None:
        raise Refusal(fault)
    return child


def _decide(one: FileAccess, state: AccessState, by: Actor) -> None:
    ACCESS_MOVES.require(one.state, state)
    one.state, one.decided_at = state, clock.now()
    one.decided_by, one.decided_as = by.account_id, by.acts_as


def end_access(one: FileAccess, *, by: By) -> None:
    """Close the file again before its time: who asked needs it no longer, or who is in charge
    takes it back. Refuses one that is not open."""
    db.lock(FileAccess, one.id)
    if one.state is not AccessState.open or one.until < clock.today():
        raise Refusal(FileAccessRefusal.over)
    _end(one, by)


def _end(one: FileAccess, by: By) -> None:
    ACCESS_MOVES.require(one.state, AccessState.ended)
    one.state, one.ended_at, one.ended_by = AccessState.ended, clock.now(), by.account_id
    end_grants((one.__tablename__, one.id))
    audit.record(Act.file_access_ended, one, by=by, child=one.child_id)


def on_child_closed(happening: ChildClosed) -> None:
    """A file that has left the ledger is open to nobody beyond its area."""
    for one in living_of(happening.child_id):
        _end(one, SYSTEM)


def on_files_joined(happening: FilesJoined) -> None:
    """Nor is the double of another file."""
    for one in living_of(happening.double_id):
        _end(one, SYSTEM)
