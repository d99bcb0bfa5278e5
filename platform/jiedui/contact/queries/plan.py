"""What is planned: by session, by pairing, by helper; what a day is like; and what was held."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.children.models import Household
from jiedui.contact.models import PlannedSession, SchoolDates
from jiedui.contact.rules.plan import (
    COMING,
    GOING_ON,
    INTERVAL,
    KIND_AT,
    SUGGESTED_WITHIN,
    DatesKind,
    Day,
    LeftOut,
    Plan,
    SessionState,
    Turn,
    common_slots,
    left_out,
    suggestions,
)
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.helpers.models import Helper, HelperSlot
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life
from jiedui.partners.rules import PlaceKind


@dataclass(frozen=True)
class Held:
    """One session that the records of hours know: of which pairing, on which day, of which kind
    (a kind of contact)."""

    pairing_id: int
    on: date
    kind: str


HeldFinder = Callable[[Collection[int], date, date], Iterable[Held]]
_held_finders: list[HeldFinder] = []


def finds_held(finder: HeldFinder) -> None:
    """Name the query of an upper room that knows which sessions took place between two days."""
    if finder not in _held_finders:
        _held_finders.append(finder)


def held(pairing_ids: Collection[int], first: date, last: date) -> list[Held]:
    """What took place for these pairings between two days, both counted."""
    return [one for finder in _held_finders for one in finder(pairing_ids, first, last)]


def whole() -> Select[Any]:
    """Planned sessions with what their pages say."""
    pairing = joinedload(PlannedSession.pairing)
    need = pairing.joinedload(Pairing.need)
    return select(PlannedSession).options(
        pairing.joinedload(Pairing.helper),
        need.selectinload(Need.children),
        need.joinedload(Need.place),
        need.joinedload(Need.household).joinedload(Household.village),
        joinedload(PlannedSession.helper),
        joinedload(PlannedSession.asked),
    )


def get(session_id: int) -> PlannedSession:
    """The planned session with this id; raise Missing."""
    found: PlannedSession | None = db.session.scalar(whole().where(PlannedSession.id == session_id))
    if found is None:
        raise Missing
    return found


def _listed(found: Select[Any]) -> list[PlannedSession]:
    rows = found.order_by(PlannedSession.start_at, PlannedSession.id)
    return list(db.session.scalars(rows).unique())


def of_pairing(pairing_id: int, first: date, last: date) -> list[PlannedSession]:
    """What a pairing plans between two days, both counted, in their order."""
    return _listed(_between(first, last).where(PlannedSession.pairing_id == pairing_id))


def _between(first: date, last: date) -> Select[Any]:
    until = last + timedelta(days=1)
    return whole().where(
        PlannedSession.start_at >= clock.at(first), PlannedSession.start_at < clock.at(until)
    )


def of_helper(helper_id: int, first: date, last: date) -> list[PlannedSession]:
    """What a helper's pairings plan, and where they stand in for another, between two days. Only
    of pairings that go on."""
    mine = Pairing.helper_id == helper_id
    found = _between(first, last).join(Pairing, Pairing.id == PlannedSession.pairing_id)
    found = found.where(Pairing.state.in_(GOING_ON))
    return _listed(found.where(mine | (PlannedSession.helper_id == helper_id)))


def at_place(place_id: int, day: date) -> list[PlannedSession]:
    """What is to take place at a place on a day, of pairings that go on."""
    found = _between(day, day).join(Pairing, Pairing.id == PlannedSession.pairing_id)
    found = found.join(Need, Need.id == Pairing.need_id).where(Need.place_id == place_id)
    open_ = Pairing.state.in_(GOING_ON), PlannedSession.state.in_(COMING)
    return _listed(found.where(*open_))


def future(pairing_id: int) -> list[PlannedSession]:
    """Everything of a pairing that is not past, whatever its state; bare, for acts on it."""
    mine = PlannedSession.pairing_id == pairing_id, PlannedSession.start_at > clock.now()
    return _listed(select(PlannedSession).where(*mine))


def past_open(county_id: int) -> list[int]:
    """Ids of a county's sessions that were to take place and whose time is over."""
    over = select(PlannedSession.id).where(
        PlannedSession.county_id == county_id,
        PlannedSession.state.in_((*COMING, SessionState.missed)),
        PlannedSession.end_at < clock.now(),
        PlannedSession.end_at > clock.now() - timedelta(days=60),
    )
    return list(db.session.scalars(over.order_by(PlannedSession.id)))


def going_on(county_id: int) -> list[int]:
    """Ids of a county's pairings that plan."""
    found = select(Pairing.id).where(Pairing.county_id == county_id, Pairing.state.in_(GOING_ON))
    return list(db.session.scalars(found.order_by(Pairing.id)))


def plan_of(pairing: Pairing) -> Plan | None:
    """How a pairing plans, from need and helper; None where the two have no common time, or none
    has been asked for yet."""
    need = pairing.need
    slots = db.session.scalars(
        select(HelperSlot.slot).where(HelperSlot.helper_id == pairing.helper_id)
    )
    common = common_slots(pairing.slot, [s.slot for s in need.slots], list(slots))
    if not common or pairing.state not in GOING_ON:
        return None
    begun = pairing.first_meeting_on or clock.local(pairing.proposed_at).date()
    return Plan(
        interval=INTERVAL[need.frequency],
        slots=tuple(common),
        times=need.times or 1,
        kind=KIND_AT[need.where],
        anchor=begun,
        until=pairing.goodbye_on or need.ends,
        at_school=bool(need.place and need.place.kind is PlaceKind.school),
    )


class Calendar:
    """What the days of a county are like between two days: public holidays and weekends that are
    worked from the national calendar, the rest as the county has written it down."""

    def __init__(self, county_id: int, first: date, last: date) -> None:
        found = select(SchoolDates).where(
            SchoolDates.county_id == county_id,
            SchoolDates.starts <= last,
            SchoolDates.ends >= first,
        )
        self.dates = list(db.session.scalars(found))

    def day(self, on: date) -> Day:
        """One day."""
        kinds = {one.kind for one in self.dates if one.starts <= on <= one.ends}
        return Day(
            holiday=clock.is_public_holiday(on),
            worked_weekend=clock.is_worked_weekend(on),
            school_holiday=DatesKind.school_holiday in kinds,
            exams=DatesKind.exam_week in kinds,
        )

    def left_out(self, plan: Plan, turn: Turn) -> LeftOut | None:
        """Why a turn of a plan is left out."""
        return left_out(self.day(turn.on), turn.slot, plan.kind, at_school=plan.at_school)


def dates(county_id: int) -> list[SchoolDates]:
    """What a county has written into its school calendar and is not long over."""
    since = clock.today() - timedelta(days=60)
    found = select(SchoolDates).where(SchoolDates.county_id == county_id, SchoolDates.ends >= since)
    return list(db.session.scalars(found.order_by(SchoolDates.starts, SchoolDates.id)))


def dates_with(dates_id: int) -> SchoolDates:
    """One entry of the school calendar; raise Missing."""
    found = db.session.get(SchoolDates, dates_id)
    if found is None:
        raise Missing
    return found


def local(moment: datetime) -> tuple[date, time]:
    """Day and time of an instant, by a clock in China."""
    there = clock.local(moment)
    return there.date(), there.time().replace(tzinfo=None)


def busy(helper_id: int, pairing_id: int | None = None) -> set[tuple[date, time]]:
    """When a helper is expected somewhere from now on, by beginning; with a pairing's own."""
    mine = PlannedSession.helper_id == helper_id
    if pairing_id is not None:
        mine = mine | (PlannedSession.pairing_id == pairing_id)
    found = select(PlannedSession.start_at).where(
        mine, PlannedSession.state.in_(COMING), PlannedSession.start_at > clock.now()
    )
    return {local(moment) for moment in db.session.scalars(found)}


def other_times(session: PlannedSession) -> list[Turn]:
    """To when a session could be moved: the next common times at which the helper is free and
    which the calendar leaves in, three at most."""
    plan = plan_of(session.pairing)
    if plan is None:
        return []
    first = clock.today() + timedelta(days=1)
    last = max(first, local(session.start_at)[0]) + SUGGESTED_WITHIN
    calendar = Calendar(session.county_id, first, last)
    taken = busy(session.pairing.helper_id, session.pairing_id)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    free = [
        day
        for day in days
        if (plan.until is None or day <= plan.until)
        and not all(
            calendar.left_out(plan, Turn(day, slot))
            for slot in plan.slots
            if slot // 3 == day.weekday()
        )
    ]
    return suggestions(plan.slots, free, taken)


def to_tell(actor: Actor) -> list[PlannedSession]:
    """Changes in somebody's area that nobody has told the family of: to come, the soonest first.
    What the calendar leaves out by itself is on the paper of the family."""
    changed = (
        PlannedSession.changed_at.is_not(None),
        PlannedSession.told_at.is_(None),
        PlannedSession.start_at > clock.now(),
    )
    found = whole().join(Pairing, Pairing.id == PlannedSession.pairing_id)
    found = found.where(*changed, life.visible_to(actor), Pairing.state.in_(GOING_ON))
    return _listed(found)


def standing_in(helper_id: int) -> list[PlannedSession]:
    """Sessions to come at which a helper stands in for another, or was asked to."""
    found = whole().join(Pairing, Pairing.id == PlannedSession.pairing_id)
    theirs = (PlannedSession.asked_id == helper_id) | (
        (PlannedSession.helper_id == helper_id) & (Pairing.helper_id != helper_id)
    )
    return _listed(found.where(theirs, PlannedSession.start_at > clock.now()))


@dataclass(frozen=True)
class Wanted:
    """A session at which somebody else may come, as the thing of whoever was asked or comes."""

    session: PlannedSession
    helper: Helper

    @property
    def account_id(self) -> int | None:
        """It is the own thing of who stands in."""
        return self.helper.account_id


def wanted(session_id: int) -> Wanted:
    """The session for which somebody was asked or stands in; raise Missing where nobody was."""
    session = get(session_id)
    other = session.asked or (session.helper if session.stood_in else None)
    if other is None or session.pairing.state not in GOING_ON:
        raise Missing
    return Wanted(session, other)
