"""Finding sessions and the pairings they belong to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.activities.models import Activity, ActivityMeeting
from jiedui.children.models import Household
from jiedui.contact.queries import plan
from jiedui.contact.queries.plan import Held
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import HOLDING, LATE, EntryState, Span, Step, begun_on
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing, PairingMove
from jiedui.pairings.rules import SERVING
from jiedui.partners.models import Place
from jiedui.regions.models import Region


def get(session_id: int) -> ServiceSession:
    """The session with this id; raise Missing."""
    found = db.session.get(ServiceSession, session_id)
    if found is None:
        raise Missing
    return found


def whole() -> Select[tuple[ServiceSession]]:
    """Sessions with everything a list of them shows."""
    pairing = joinedload(ServiceSession.pairing)
    need = pairing.joinedload(Pairing.need)
    meeting = joinedload(ServiceSession.meeting).joinedload(ActivityMeeting.activity)
    place = meeting.joinedload(Activity.place).joinedload(Place.region)
    return select(ServiceSession).options(  # type: ignore[return-value]
        joinedload(ServiceSession.helper),
        need.joinedload(Need.place),
        need.joinedload(Need.household).joinedload(Household.village),
        need.selectinload(Need.children),
        place.joinedload(Region.parent),
    )


def of_helper(helper_id: int, page: int = 1, size: int = 20) -> tuple[list[ServiceSession], int]:
    """A helper's standing sessions, newest first, and how many there are."""
    condition = (
        ServiceSession.helper_id == helper_id,
        ServiceSession.state.in_(HOLDING),
    )
    total = db.session.scalar(select(func.count(ServiceSession.id)).where(*condition)) or 0
    found = whole().where(*condition).order_by(ServiceSession.start_at.desc())
    return list(db.session.scalars(found.limit(size).offset((page - 1) * size))), total


def of_pairing(pairing_id: int, most: int = 100) -> list[ServiceSession]:
    """The sessions of one pairing as they stand, newest first."""
    found = whole().where(
        ServiceSession.pairing_id == pairing_id, ServiceSession.state.in_(HOLDING)
    )
    return list(db.session.scalars(found.order_by(ServiceSession.start_at.desc()).limit(most)))


def disputed_of(helper_id: int) -> list[ServiceSession]:
    """What a helper should correct or take back."""
    found = whole().where(
        ServiceSession.helper_id == helper_id, ServiceSession.state == EntryState.disputed
    )
    return list(db.session.scalars(found.order_by(ServiceSession.start_at)))


def last_of(pairing_id: int) -> ServiceSession | None:
    """The latest standing session of a pairing: the next one is usually like it."""
    found = select(ServiceSession).where(
        ServiceSession.pairing_id == pairing_id, ServiceSession.state.in_(HOLDING)
    )
    return db.session.scalar(found.order_by(ServiceSession.start_at.desc()).limit(1))


def other_spans(helper_id: int, on: date, but: int | None = None) -> list[Span]:
    """A helper's standing sessions of one day, over all pairings and books."""
    found = select(ServiceSession.start_at, ServiceSession.end_at).where(
        ServiceSession.helper_id == helper_id,
        ServiceSession.on == on,
        ServiceSession.state.in_(HOLDING),
    )
    if but is not None:
        found = found.where(ServiceSession.id != but)
    return [Span(start, end) for start, end in db.session.execute(found)]


def steps(pairing_id: int) -> list[Step]:
    """The states of a pairing with the days on which they began, in order."""
    found = select(PairingMove).where(PairingMove.pairing_id == pairing_id)
    moves = db.session.scalars(found.order_by(PairingMove.id))
    return [Step(clock.local(m.at).date(), m.new) for m in moves]


def loggable(helper_id: int) -> list[Pairing]:
    """A helper's pairings of which a session could still be logged: serving, or not long over."""
    found = (
        select(Pairing)
        .where(Pairing.helper_id == helper_id)
        .options(
            joinedload(Pairing.need).joinedload(Need.place),
            joinedload(Pairing.need).selectinload(Need.children),
            selectinload(Pairing.moves),
        )
        .order_by(Pairing.id)
    )
    return [p for p in db.session.scalars(found) if p.state in SERVING or _just_over(p)]


def loggable_by_number(number: int | None) -> Pairing | None:
    """The pairing with this number; whose it is the caller asks."""
    return None if number is None else db.session.get(Pairing, number)


def _just_over(pairing: Pairing) -> bool:
    days = [Step(clock.local(m.at).date(), m.new) for m in pairing.moves]
    if begun_on(days, pairing.first_meeting_on) is None:
        return False
    ended = pairing.closed_on
    return ended is None or ended >= clock.today() - LATE


def _held(pairing_ids: Collection[int], first: date, last: date) -> list[Held]:
    """What stands in the records of these pairings between two days: for the plan."""
    found = select(ServiceSession.pairing_id, ServiceSession.on, ServiceSession.kind).where(
        ServiceSession.pairing_id.in_(pairing_ids),
        ServiceSession.on.between(first, last),
        ServiceSession.state.in_(HOLDING),
    )
    rows = db.session.execute(found.order_by(ServiceSession.on))
    return [Held(pairing, on, kind.value) for pairing, on, kind in rows if pairing is not None]


plan.finds_held(_held)
