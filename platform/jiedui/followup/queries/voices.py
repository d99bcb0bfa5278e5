"""What the three have said of pairings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import and_, func, select

from jiedui.access.rules import Actor
from jiedui.care.models.visits import Visit
from jiedui.care.rules.visits import HomeFound
from jiedui.core import clock, db
from jiedui.followup.models import Said
from jiedui.followup.rules import Voice
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life
from jiedui.pairings.rules import PairingState

ENDING_ASKED = timedelta(days=30)


def heard_of(pairing_id: int) -> list[Said]:
    """All that was said of a pairing, newest first."""
    found = select(Said).where(Said.pairing_id == pairing_id)
    return list(db.session.scalars(found.order_by(Said.on_day.desc(), Said.id.desc())))


def latest(pairing_ids: Collection[int]) -> dict[tuple[int, Voice], Said]:
    """The latest word of each voice on each of these pairings."""
    newest = (
        select(Said.pairing_id, Said.voice, func.max(Said.id).label("id"))
        .where(Said.pairing_id.in_(list(pairing_ids)))
        .group_by(Said.pairing_id, Said.voice)
        .subquery()
    )
    found = select(Said).join(newest, Said.id == newest.c.id)
    return {(one.pairing_id, one.voice): one for one in db.session.scalars(found)}


def days_heard(pairing_ids: Collection[int]) -> dict[int, set[date]]:
    """The days on which anybody said something of these pairings."""
    found = select(Said.pairing_id, Said.on_day).where(Said.pairing_id.in_(list(pairing_ids)))
    days: dict[int, set[date]] = {}
    for number, day in db.session.execute(found):
        days.setdefault(number, set()).add(day)
    return days


def visits_that_asked(households: Collection[int]) -> dict[int, list[Visit]]:
    """The visits to these households at which the family was asked about its helper, oldest
    first: one record serves the visit plan and the following up."""
    found = select(Visit).where(
        Visit.household_id.in_(list(households)),
        Visit.outcome == HomeFound.seen,
        Visit.superseded.is_(False),
        Visit.helped.is_not(None),
    )
    visits: dict[int, list[Visit]] = {}
    for visit in db.session.scalars(found.order_by(Visit.on_day, Visit.id)):
        visits.setdefault(visit.household_id, []).append(visit)
    return visits


def endings_unheard(actor: Actor) -> list[tuple[Pairing, list[Voice]]]:
    """Pairings that end or have ended lately and on which not all three have said a last word."""
    since = clock.today() - ENDING_ASKED
    ending = Pairing.state == PairingState.closing
    ended = and_(Pairing.state == PairingState.closed, Pairing.closed_on >= since)
    met = Pairing.first_meeting_on.is_not(None)
    rows = select(Pairing.id).where(life.visible_to(actor), met, ending | ended)
    ids = list(db.session.scalars(rows))
    said = select(Said.pairing_id, Said.voice).where(Said.pairing_id.in_(ids), Said.ending)
    known = {tuple(row) for row in db.session.execute(said)}
    found = []
    for pairing in life.several(ids):
        missing = [voice for voice in Voice if (pairing.id, voice) not in known]
        if missing:
            found.append((pairing, missing))
    return found
