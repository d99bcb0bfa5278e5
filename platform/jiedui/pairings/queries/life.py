"""Finding pairings: by id, by whom they belong to, and by what they wait for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor, Role
from jiedui.children.models import Household
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.helpers.models import Helper
from jiedui.needs import queries as needs
from jiedui.needs.models import Need, NeedChild
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import LIVING, STATES_OF, PairingState, Phase
from jiedui.regions import queries as regions

OWN = (Role.volunteer, Role.social_worker)


def get(pairing_id: int) -> Pairing:
    """The pairing with this id; raise Missing."""
    found = db.session.get(Pairing, pairing_id)
    if found is None:
        raise Missing
    return found


def several(ids: Iterable[int]) -> list[Pairing]:
    """These pairings, with what a line of a list says."""
    return list(db.session.scalars(_rows(Pairing.id.in_(list(ids)))).unique())


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a pairing is a helper's own, or that its child lives in the scope."""
    if actor.role in OWN:
        own = select(Helper.id).where(Helper.account_id == actor.account_id)
        return Pairing.helper_id.in_(own)
    inside = (
        select(Need.id)
        .join(Household, Household.id == Need.household_id)
        .where(Household.village_id.in_(regions.ids_within(actor.scope)))
    )
    return Pairing.need_id.in_(inside)


def _rows(*conditions: ColumnElement[bool]) -> Any:
    """Pairings with what a line of a list says, oldest first."""
    return (
        select(Pairing)
        .where(*conditions)
        .options(
            joinedload(Pairing.helper),
            joinedload(Pairing.need).joinedload(Need.household).joinedload(Household.village),
            joinedload(Pairing.need).selectinload(Need.children),
            joinedload(Pairing.need).joinedload(Need.place),
            joinedload(Pairing.need).selectinload(Need.subjects),
        )
        .order_by(Pairing.proposed_at, Pairing.id)
    )


def listed(actor: Actor, phase: Phase, page: int, size: int) -> list[Pairing]:
    """One page of the pairings of a phase that the actor may see; newest endings first."""
    found = _rows(visible_to(actor), Pairing.state.in_(STATES_OF[phase]))
    if phase is Phase.ended:
        found = found.order_by(None).order_by(Pairing.id.desc())
    return list(db.session.scalars(found.limit(size).offset((page - 1) * size)).unique())


def from_before(actor: Actor) -> list[Pairing]:
    """The pairs from before that the actor may see."""
    found = _rows(visible_to(actor), Pairing.state == PairingState.legacy)
    return list(db.session.scalars(found).unique())


def seen(actor: Actor) -> list[Pairing]:
    """Every proposal the actor may see: what may be ticked on one page."""
    found = _rows(visible_to(actor), Pairing.state.in_(STATES_OF[Phase.deciding]))
    return list(db.session.scalars(found).unique())


def among(actor: Actor, ids: Iterable[int]) -> list[int]:
    """Those of these ids that are pairings the actor may see, whatever their state."""
    found = select(Pairing.id).where(Pairing.id.in_(list(ids)), visible_to(actor))
    return list(db.session.scalars(found.order_by(Pairing.id)))


def counts(actor: Actor) -> dict[Phase, int]:
    """How many pairings of each phase the actor may see."""
    by_state = select(Pairing.state, func.count()).where(visible_to(actor)).group_by(Pairing.state)
    known = {row[0]: row[1] for row in db.session.execute(by_state)}
    return {p: sum(known.get(state, 0) for state in STATES_OF[p]) for p in Phase}


def phase_of(pairing: Pairing) -> Phase:
    """On which shelf a pairing lies."""
    return next(p for p in Phase if pairing.state in STATES_OF[p])


def of_helper(helper_id: int) -> list[Pairing]:
    """All pairings of a helper, oldest first."""
    return list(db.session.scalars(_rows(Pairing.helper_id == helper_id)).unique())


def living_of_helper(helper_id: int) -> list[Pairing]:
    """The living pairings of a helper: each holds a seat."""
    mine = _rows(Pairing.helper_id == helper_id, Pairing.state.in_(LIVING))
    return list(db.session.scalars(mine).unique())


def living_for_children(child_ids: Iterable[int]) -> list[Pairing]:
    """The living pairings of any need of these children."""
    needs = select(NeedChild.need_id).where(NeedChild.child_id.in_(list(child_ids)))
    mine = (Pairing.need_id.in_(needs), Pairing.state.in_(LIVING))
    ids = list(db.session.scalars(select(Pairing.id).where(*mine)))
    # Mostly there are none: every answer of a guardian and a child is asked about here.
    return several(ids) if ids else []


def living_of_need(need_id: int) -> list[Pairing]:
    """The living pairings of a need: each holds one of its places."""
    found = _rows(Pairing.need_id == need_id, Pairing.state.in_(LIVING))
    return list(db.session.scalars(found).unique())


def _somebody(need_id: int) -> bool:
    return bool(living_of_need(need_id))


needs.finds(_somebody)


def with_moves(pairing_id: int) -> Pairing:
    """A pairing with the steps of its life; raise Missing."""
    found = select(Pairing).where(Pairing.id == pairing_id)
    pairing = db.session.scalar(found.options(selectinload(Pairing.moves)))
    if pairing is None:
        raise Missing
    return pairing


def needing_first_meeting(actor: Actor) -> list[Pairing]:
    """Pairs to whom all said yes and who have not met, the longest waiting first."""
    found = _rows(visible_to(actor), Pairing.state == PairingState.ready)
    return list(db.session.scalars(found.order_by(None).order_by(Pairing.ready_at)).unique())


def awaiting_goodbye(actor: Actor) -> list[Pairing]:
    """Pairings that end and whose planned goodbye has come: what is left is to close them."""
    due = Pairing.goodbye_on.is_(None) | (Pairing.goodbye_on <= clock.today())
    found = _rows(visible_to(actor), Pairing.state == PairingState.closing, due)
    return list(db.session.scalars(found).unique())


def awaiting_helper(actor: Actor) -> list[Pairing]:
    """A helper's own pairings whose card waits for a yes or a no."""
    found = _rows(
        visible_to(actor), Pairing.state == PairingState.approved, Pairing.accepted_at.is_(None)
    )
    return list(db.session.scalars(found).unique())


def out_of_time(county_id: int) -> list[int]:
    """Ids of approved pairings whose one clock has run out."""
    late = select(Pairing.id).where(
        Pairing.county_id == county_id,
        Pairing.state == PairingState.approved,
        Pairing.answer_by < clock.now(),
    )
    return list(db.session.scalars(late.order_by(Pairing.id)))


def in_state(county_id: int, state: PairingState) -> list[int]:
    """Ids of a county's pairings in one state."""
    found = select(Pairing.id).where(Pairing.county_id == county_id, Pairing.state == state)
    return list(db.session.scalars(found.order_by(Pairing.id)))


def in_trial_since(county_id: int, day: date) -> list[int]:
    """Ids of pairings in trial that first met on this day or before."""
    met = select(Pairing.id).where(
        Pairing.county_id == county_id,
        Pairing.state == PairingState.trial,
        Pairing.first_meeting_on <= day,
    )
    return list(db.session.scalars(met.order_by(Pairing.id)))
