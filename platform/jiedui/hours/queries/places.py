"""What stands at a place, and who is there."""

from __future__ import annotations

import hmac
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.core import clock, crypto, db
from jiedui.core.errors import Missing
from jiedui.hours.models import PlaceStay, ServiceSession
from jiedui.hours.queries import standing_in
from jiedui.hours.queries.sessions import loggable
from jiedui.hours.rules import HOLDING, Evidence
from jiedui.hours.rules.codes import MARK
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import SERVING
from jiedui.partners.models import Place
from jiedui.regions.queries import ids_within


def sign_of(place_id: int, step: int) -> str:
    """The mark of a place at one step of time: nobody without the portal's key can make it."""
    return crypto.blind_index("place.sign", f"{place_id}:{step}")[:MARK]


def sign_is(place_id: int, step: int, mark: str) -> bool:
    """Whether a mark is the place's own of that step."""
    return hmac.compare_digest(sign_of(place_id, step).encode(), mark.encode())


def meeting_sign_of(meeting_id: int, step: int) -> str:
    """The mark of a meeting of an event at one step of time."""
    return crypto.blind_index("meeting.sign", f"{meeting_id}:{step}")[:MARK]


def meeting_sign_is(meeting_id: int, step: int, mark: str) -> bool:
    """Whether a mark is the meeting's own of that step."""
    return hmac.compare_digest(meeting_sign_of(meeting_id, step).encode(), mark.encode())


def staying_at(meeting_id: int) -> list[PlaceStay]:
    """Who is at a meeting at present, by their last scan."""
    found = select(PlaceStay).where(PlaceStay.meeting_id == meeting_id)
    return list(db.session.scalars(found.where(PlaceStay.left_at.is_(None))))


def checked_in_at(meeting_id: int) -> set[int]:
    """Helpers whose hours at a meeting are on record by their scans."""
    found = select(ServiceSession.helper_id).where(
        ServiceSession.meeting_id == meeting_id,
        ServiceSession.evidence == Evidence.checked_in,
        ServiceSession.state.in_(HOLDING),
    )
    return set(db.session.scalars(found))


def screen_key(place_id: int, until: date) -> str:
    """What opens the sign of a place on a screen at which nobody signs in, until a day."""
    return crypto.blind_index("place.screen", f"{place_id}:{until:%Y-%m-%d}")[:MARK]


def screen_at(place_id: int, until: str, key: str) -> Place:
    """The place whose sign a screen may show today; raise Missing for any other address."""
    try:
        last = date.fromisoformat(until)
    except ValueError:
        raise Missing from None
    right = hmac.compare_digest(screen_key(place_id, last).encode(), key.encode())
    if not right or last < clock.today():
        raise Missing
    return get_place(place_id)


def get_place(place_id: int) -> Place:
    """The place with this id; raise Missing."""
    found = db.session.get(Place, place_id)
    if found is None:
        raise Missing
    return found


def get_stay(stay_id: int) -> PlaceStay:
    """The stay with this id; raise Missing."""
    found = db.session.get(PlaceStay, stay_id)
    if found is None:
        raise Missing
    return found


def staying(helper_id: int) -> PlaceStay | None:
    """Where a helper is at present, by their last scan."""
    found = select(PlaceStay).where(PlaceStay.helper_id == helper_id, PlaceStay.left_at.is_(None))
    return db.session.scalar(found.options(joinedload(PlaceStay.place)))


def at_place(helper_id: int, place_id: int) -> list[Pairing]:
    """A helper's serving pairings that meet at this place, and those they stand in for today."""
    mine = [p for p in loggable(helper_id) if p.need.place_id == place_id]
    return [p for p in [*mine, *standing_in.today_at(helper_id, place_id)] if p.state in SERVING]


def signed_places(actor: Actor, most: int = 30) -> list[Place]:
    """The open places of the actor's region where pairs meet that serve now: a sign to check in
    is of use there."""
    meets = (
        select(Need.place_id)
        .join(Pairing, Pairing.need_id == Need.id)
        .where(Pairing.state.in_(SERVING), Need.place_id.is_not(None))
    )
    found = select(Place).where(
        Place.open, Place.id.in_(meets), Place.region_id.in_(ids_within(actor.scope))
    )
    return list(db.session.scalars(found.order_by(Place.id).limit(most)))
