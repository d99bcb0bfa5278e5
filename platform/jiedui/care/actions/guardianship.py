"""A guardianship changes; a talk with parents before they leave is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.care import queries
from jiedui.care.models import DepartureTalk, Guardianship, GuardianshipMove
from jiedui.care.rules.guardianship import (
    BY_AGREEMENT,
    GuardRefusal,
    GuardState,
    MoveSaid,
    Option,
    TalkHow,
    age_fault,
    may_be_said,
    move_fault,
)
from jiedui.children.models import Child, Guardian, Household
from jiedui.children.rules import ChildState
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh


def move_guardianship(
    child: Child, said: MoveSaid, *, by: By, version: int | None = None
) -> Guardianship:
    """Somebody records who has the guardianship of a child from now on, and why. Refuses a closed
    file, an older page, what cannot follow, a ground that does not fit, a day that is past the
    last or to come, what only an office decides, and what only a signed agreement brings."""
    now = _locked(child)
    if version is not None:
        fresh(now.version if now else 0, version)
    if child.state is not ChildState.open:
        raise Refusal(GuardRefusal.file_closed)
    if said.ground in BY_AGREEMENT:
        raise Refusal(GuardRefusal.by_agreement_only, "ground")
    if isinstance(by, Actor) and not may_be_said(by.role, said.new):
        raise Refusal(GuardRefusal.by_office_only, "new")
    too_young = age_fault(child.birth_date, said)
    if too_young is not None:
        raise Refusal(too_young, "ground")
    return _become(child, now, said, by)


def _locked(child: Child) -> Guardianship | None:
    db.lock(Child, child.id)  # a child that was not looked at yet has no row of its own to lock
    return queries.guardianship_of(child.id)


def follow(child: Child, said: MoveSaid, *, by: By) -> None:
    """A guardianship follows from what happened to an agreement: the same state again keeps its
    day and takes the ground; a state that cannot follow is refused."""
    now = _locked(child)
    if now is None or now.state is not said.new:
        _become(child, now, said, by)
    elif now.ground is not said.ground:
        now.ground = said.ground
        _record(now, said.new, by)


def _become(child: Child, now: Guardianship | None, said: MoveSaid, by: By) -> Guardianship:
    old = now.state if now else GuardState.unknown
    fault = move_fault(old, now.since if now else None, said, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    if now is None:
        now = Guardianship(county_id=child.county_id, child=child)
        db.session.add(now)
    now.state, now.ground, now.since = said.new, said.ground, said.on
    move = GuardianshipMove(
        county_id=child.county_id,
        child_id=child.id,
        old=old,
        new=said.new,
        ground=said.ground,
        on=said.on,
        at=clock.now(),
        by_account=by.account_id,
    )
    db.session.add(move)
    _record(now, old, by)
    return now


def _record(now: Guardianship, old: GuardState, by: By) -> None:
    facts = {"old": old, "new": now.state, "ground": now.ground}
    audit.record(Act.guardianship_moved, now, by=by, **facts)


@dataclass(frozen=True)
class TalkSaid:
    """What parents said before they left: which of them, when, how, and what they chose.
    `home_for_festival` None is not known."""

    guardian_id: int
    on: date
    how: TalkHow
    option: Option
    leaves_on: date | None = None
    home_for_festival: bool | None = None
    note: str = ""


def record_talk(home: Household, said: TalkSaid, *, by: By) -> DepartureTalk:
    """Keep a talk with a parent before they leave (外出前谈话). Refuses somebody who is no guardian
    of this house, and a talk that has not been yet."""
    guardian = db.session.get(Guardian, said.guardian_id)
    if guardian is None or guardian.household_id != home.id or not guardian.is_guardian:
        raise Refusal(GuardRefusal.not_of_house, "guardian")
    if said.on > clock.today():
        raise Refusal(GuardRefusal.in_future, "on")
    talk = DepartureTalk(
        county_id=home.county_id,
        household=home,
        guardian=guardian,
        on=said.on,
        how=said.how,
        option=said.option,
        leaves_on=said.leaves_on,
        home_for_festival=said.home_for_festival,
        note=said.note or None,
        at=clock.now(),
        by_account=by.account_id,
    )
    db.session.add(talk)
    audit.record(Act.talk_recorded, talk, by=by, option=said.option)
    return talk
