"""Arriving at a place and leaving it, by the sign that stands there."""

from __future__ import annotations

from datetime import time

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.helpers.models import Helper
from jiedui.hours import queries
from jiedui.hours.actions.said import Known, NewSession
from jiedui.hours.actions.sessions import enter, locked
from jiedui.hours.models import PlaceStay, ServiceSession
from jiedui.hours.queries.places import sign_is
from jiedui.hours.rules import Evidence, HoursRefusal, SessionKind
from jiedui.hours.rules.codes import step_fresh
from jiedui.pairings.models import Pairing
from jiedui.partners.models import Place


def arrive(
    pairing: Pairing, helper: Helper, place: Place, sign: tuple[int, str], *, by: Actor
) -> PlaceStay:
    """The helper (the pairing's own, or who stands in today) is at the place from now on. Refuses
    a sign that is false or more than two steps old, a pairing that is not of this place or does
    not serve, whoever does not come to it, and a second stay."""
    helper = locked(helper.id)
    _seen(place, sign)
    if pairing not in queries.at_place(helper.id, place.id):
        raise Refusal(HoursRefusal.other_place, "pairing")
    if queries.staying(helper.id) is not None:
        raise Refusal(HoursRefusal.here_already)
    stay = PlaceStay(
        county_id=pairing.county_id,
        place_id=place.id,
        helper_id=helper.id,
        pairing_id=pairing.id,
        arrived_at=clock.now(),
    )
    db.session.add(stay)
    audit.record(Act.place_arrived, stay, by=by)
    return stay


def _seen(place: Place, sign: tuple[int, str]) -> None:
    step, mark = sign
    if not sign_is(place.id, step, mark):
        raise Refusal(HoursRefusal.sign_false)
    if not step_fresh(step, clock.now()):
        raise Refusal(HoursRefusal.sign_old)


def leave(stay: PlaceStay, place: Place, sign: tuple[int, str], *, by: Actor) -> ServiceSession:
    """The helper goes: a session between both scans is checked in, in whole minutes. Refuses a
    sign of another place, a stay of another day or under a minute, and what log_session refuses
    of times; such a stay is dropped and the session logged by hand."""
    helper = locked(stay.helper_id)
    db.session.refresh(stay)
    _seen(place, sign)
    if stay.left_at is not None:
        raise Refusal(HoursRefusal.not_here)
    if stay.place_id != place.id or stay.pairing is None:
        raise Refusal(HoursRefusal.other_place)
    begun, now = clock.local(stay.arrived_at), clock.local(clock.now())
    if begun.date() != now.date():
        raise Refusal(HoursRefusal.other_day)
    stay.left_at = clock.now()
    said = NewSession(
        begun.date(), _minute(begun.time()), _minute(now.time()), SessionKind.meeting, place.name
    )
    session = enter(stay.pairing, helper, said, Known(Evidence.checked_in, stay_id=stay.id), by=by)
    audit.record(Act.place_left, stay, by=by)
    return session


def _minute(moment: time) -> time:
    """The whole minute a clock shows: what both ends lose is under a minute."""
    return moment.replace(second=0, microsecond=0)


def drop_stay(stay: PlaceStay, *, by: By) -> None:
    """Forget a stay whose end nobody scanned: it makes no session. Refuses one that ended."""
    locked(stay.helper_id)
    db.session.refresh(stay)
    if stay.left_at is not None:
        raise Refusal(HoursRefusal.not_here)
    stay.left_at = stay.arrived_at
    audit.record(Act.place_stay_dropped, stay, by=by)
