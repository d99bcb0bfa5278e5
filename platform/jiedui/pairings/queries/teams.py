"""Who comes to the same children as a team, and who else could."""

from __future__ import annotations

from sqlalchemy import select

from jiedui.access.rules import Actor
from jiedui.core import db
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life, listed
from jiedui.pairings.rules import LIVING, SERVING, PairingState

LOOKED_AT = 60  # judged on a page, in well under a second


def team_of(pairing: Pairing) -> list[Pairing]:
    """The living pairings of the team a pairing belongs to, who leads first; empty without a
    team."""
    if not pairing.need.team:
        return []
    found = life.living_of_need(pairing.need_id)
    return sorted(found, key=lambda one: (not one.lead, one.id))


def others_of(pairing: Pairing) -> list[Pairing]:
    """The others of a pairing's team."""
    return [one for one in team_of(pairing) if one.id != pairing.id]


def leader(need_id: int) -> Pairing | None:
    """The living pairing that leads a need's team."""
    mine = (Pairing.need_id == need_id, Pairing.lead, Pairing.state.in_(LIVING))
    return db.session.scalar(select(Pairing).where(*mine))


def unled(actor: Actor) -> list[Pairing]:
    """Of each team of the actor's office that nobody leads any more, who has come longest and could
    lead."""
    led = select(Pairing.need_id).where(Pairing.lead, Pairing.state.in_(LIVING))
    found = (
        select(Pairing)
        .join(Need, Need.id == Pairing.need_id)
        .where(
            Need.team,
            Pairing.state.in_(SERVING - {PairingState.closing}),
            Pairing.need_id.not_in(led),
            Pairing.office == actor.office,
            life.visible_to(actor),
        )
        .order_by(Pairing.id.desc())
    )
    return list({one.need_id: one for one in db.session.scalars(found)}.values())


def who_could(pairing: Pairing) -> list[Helper]:
    """Cleared helpers of the county who offer this kind of help, have a seat free and are not in
    the team: those of the child's township first, sixty at most."""
    held = {one.helper_id for one in life.living_of_need(pairing.need_id)}
    where = (Helper.county_id == pairing.county_id) & Helper.id.not_in(held)
    kind = pairing.need.kind
    able = [one.id for one in helpers.standings(where) if one.cleared and kind in one.offers]
    busy = listed.seats_held(able)
    found = [one for one in helpers.several(able) if busy.get(one.id, 0) < one.capacity]
    town = pairing.need.household.village.parent_id
    found.sort(key=lambda one: (one.village.parent_id != town, one.id))
    return found[:LOOKED_AT]
