"""A place, work or people are promised; an office says yes or no; it is over one day."""

from __future__ import annotations

from dataclasses import replace

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.donations.models import Pledge
from jiedui.donations.rules.pledges import (
    PLEDGE_MOVES,
    PledgeRefusal,
    PledgeSaid,
    PledgeState,
    pledge_fault,
)


def pledge_ours(said: PledgeSaid, *, by: Actor) -> Pledge:
    """The actor's unit promises something. Refuses somebody without a unit, and what every promise
    is refused for."""
    if by.unit_id is None:
        raise Refusal(PledgeRefusal.giver_missing)
    return _write_down(replace(said, unit_id=by.unit_id, name="", phone=""), by.county_id, by=by)


def pledge_mine(said: PledgeSaid, county_id: int, *, by: By) -> Pledge:
    """A person promises something, without an account too. Refuses people, who are a unit's, and a
    promise without name and telephone."""
    return _write_down(replace(said, unit_id=None), county_id, by=by)


def _write_down(said: PledgeSaid, county_id: int, *, by: By) -> Pledge:
    fault = pledge_fault(said, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    one = Pledge(
        county_id=county_id, unit_id=said.unit_id, kind=said.kind, words=said.words,
        giver_name=None if said.unit_id else said.name,
        giver_phone=None if said.unit_id else said.phone, count=said.count, location=said.where,
        starts=said.starts, until=said.until, state=PledgeState.offered,
        recorded_by=by.account_id, recorded_at=clock.now(),
    )  # fmt: skip
    db.session.add(one)
    audit.record(Act.pledge_made, one, by=by, what=said.kind)
    return one


def answer(one: Pledge, new: PledgeState, *, by: Actor, version: int | None = None) -> None:
    """An office takes it up, declines it, or says that it is over. Refuses what does not follow
    from where it stands."""
    db.lock(Pledge, one.id)
    fresh(one.version, version)
    if not PLEDGE_MOVES.allows(one.state, new):
        raise Refusal(PledgeRefusal.not_now)
    one.state, one.answered_by, one.answered_at = new, by.account_id, clock.now()
    audit.record(Act.pledge_answered, one, by=by, answer=new)
