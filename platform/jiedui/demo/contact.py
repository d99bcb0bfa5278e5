"""What belongs to pairings: agreements in every state, sessions planned, moved, called off and
stood in for, the school calendar, badges."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from jiedui.access.rules import Actor, Role
from jiedui.contact.actions import agreements, badges, dates, plan, standing_in
from jiedui.contact.actions.agreements import PaperSaid
from jiedui.contact.candidates import stand_ins
from jiedui.contact.queries import agreements as papers
from jiedui.contact.queries import plan as plans
from jiedui.contact.rules.agreements import Party, still_missing
from jiedui.contact.rules.plan import DatesKind, LeftOut, SessionState
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.demo.acts import Stage
from jiedui.helpers import queries as helpers
from jiedui.pairings.queries import life
from jiedui.pairings.rules import PairingState
from jiedui.regions import queries as regions

NIGHTLY = "contact.nightly"
TWO = frozenset({Party.helper, Party.guardian})
GOING_ON = (PairingState.trial, PairingState.active, PairingState.legacy)


def play(stage: Stage) -> None:
    """Everything, in its order; a month ago the nightly job was there already."""
    today = clock.today()
    with stage.on(today - timedelta(days=30)):
        _school_calendar(stage)
        stage.calendar(NIGHTLY)
    with stage.read():
        pairs = [n for state in GOING_ON for n in life.in_state(stage.county_id, state)]
    with stage.on(today - timedelta(days=20)):
        stage.each(enumerate(pairs), lambda item: _agree(stage, *item))
    stage.calendar(NIGHTLY)
    stage.each(enumerate(pairs), lambda item: _change(stage, *item))
    stage.each(enumerate(pairs[::40]), lambda item: _stand_in(stage, *item))
    stage.each(pairs[::10], lambda number: _badge(stage, number))


def _school_calendar(stage: Stage) -> None:
    """A week of exams before the winter holidays, as every year."""
    office = stage.official(Role.coordinator, "civil_affairs")
    festival = clock.spring_festival(clock.today())
    exams = festival - timedelta(days=28 + festival.weekday())
    with stage.write():
        county = regions.get(stage.county_id)
        dates.add(county, DatesKind.exam_week, exams, exams + timedelta(days=6), by=office)
        first = exams + timedelta(days=7)
        last = first + timedelta(days=34)
        dates.add(county, DatesKind.school_holiday, first, last, by=office)


def _director(stage: Stage, pairing: Any) -> Actor:
    return stage.official(Role.child_director, pairing.need.household.village.code)


def _agree(stage: Stage, position: int, number: int) -> None:
    """Most are signed; of some a signature is missing, of a few everything."""
    pairing = life.get(number)
    director = _director(stage, pairing)
    if position % 15 == 4 or papers.stands(pairing).one is not None:
        return
    made = agreements.draft(number, by=director)
    if position % 9 == 2:
        return
    signers = TWO if position % 9 == 5 else frozenset(still_missing(made.said))
    said = PaperSaid(clock.today(), signers, "村委会文件柜")
    agreements.sign(made, said, by=director)


def _coming(number: int) -> Any:
    found = plans.future(number)
    return next((one for one in found if one.state is SessionState.planned), None)


def _change(stage: Stage, position: int, number: int) -> None:
    """Now and then one is moved by its helper or called off by the family."""
    session = _coming(number) if position % 8 in (1, 3) else None
    if session is None:
        return
    account = session.pairing.account_id
    if position % 8 == 1 and account is not None:
        times = plans.other_times(session)
        if times:
            plan.move(session, times[0], by=stage.actor(account))
    elif position % 8 == 3:
        plan.cancel(session, LeftOut.family_cannot, by=_director(stage, session.pairing))
        if position % 16 == 3:
            plan.told(session, by=_director(stage, session.pairing))


def _stand_in(stage: Stage, position: int, number: int) -> None:
    """Somebody is asked; of three two say yes and one has not answered."""
    session = _coming(number)
    found = stand_ins(session) if session is not None else []
    if not found:
        return
    other = found[0].helper
    try:
        standing_in.ask(session, other.id, by=_director(stage, session.pairing))
        if position % 3 and other.account_id is not None:
            standing_in.accept(session, by=stage.actor(other.account_id))
    except Refusal:
        return  # they have promised another family that hour


def _badge(stage: Stage, number: int) -> None:
    helper = life.get(number).helper
    if helpers.is_cleared(helper):
        badges.issue(helper, by=stage.official(Role.coordinator, "womens_federation"))
