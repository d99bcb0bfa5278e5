"""Pairs from before come into the portal, and become pairings like any other once nothing is
missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jiedui.access.rules import Actor
from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.core.actors import By
from jiedui.core.errors import Refusal, fresh
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import HelpKind
from jiedui.needs import actions as need_actions
from jiedui.needs import queries as needs
from jiedui.pairings.actions import moves
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import legacy, life, places
from jiedui.pairings.rules import PairingRefusal, PairingState
from jiedui.pairings.rules.legacy import PairForm, Together


def bring_in(
    helper: Helper,
    children: Sequence[Child],
    kind: HelpKind,
    since: date | None,
    *,
    by: By,
    form: PairForm | None = None,
) -> Pairing:
    """Keep a pair that has lived before the portal. It holds a seat of the helper and a place of
    the children's need like any living pairing, and opens nothing. The same pair once more is the
    same pairing. Refuses a helper without a free seat, and a child with three already."""
    there = next((p for p in life.living_for_children([c.id for c in children])
                  if p.helper_id == helper.id), None)  # fmt: skip
    if there is not None:
        return there
    db.lock(Helper, helper.id)
    seat = places.free_seat(helper)
    if seat is None:
        raise Refusal(PairingRefusal.helper_full)
    need = need_actions.bring_need(children, kind, by=by)
    place = places.free_place(need)
    if place is None:
        raise Refusal(PairingRefusal.need_taken)
    pairing = Pairing(
        county_id=need.county_id,
        need=need,
        need_seat=place,
        helper=helper,
        seat=seat,
        slot=None,
        state=PairingState.legacy,
        office=needs.office_for(need),
        proposed_at=clock.now(),
        proposers=[one for one in (by.account_id, by.acting_for) if one],
        form=form,
        first_meeting_on=Together(since, clock.today()).met_on,
    )
    db.session.add(pairing)
    db.session.flush()  # the move speaks of it by its id
    moves.note_move(pairing, None, by=by)
    if places.free_place(need) is None:
        need_actions.mark_met(need, by=by)
    return pairing


def complete(pairing_id: int, *, by: Actor, version: int | None = None) -> Pairing:
    """Nothing is missing any more: an office takes the pair on as a pairing like any other, and the
    helper sees what a visit needs. Refuses while something is missing, whoever brought the pair
    in, and the helper."""
    pairing = moves.locked(pairing_id)
    if pairing.state is not PairingState.legacy:
        raise Refusal(PairingRefusal.wrong_state)
    fresh(pairing.version, version)
    persons = {by.account_id, by.acts_as}
    if pairing.helper.account_id in persons:
        raise Refusal(PairingRefusal.is_the_helper)
    if persons & set(pairing.proposers):
        raise Refusal(PairingRefusal.proposer)
    gaps = legacy.missing(pairing)
    if gaps:
        raise Refusal(PairingRefusal.papers_missing, gates=gaps)
    now = clock.now()
    pairing.approved_by, pairing.approved_for, pairing.approved_at = (
        by.account_id,
        by.acting_for,
        now,
    )
    pairing.accepted_at, pairing.accepted_by = now, pairing.helper.account_id
    pairing.ready_at = now
    moves.move(pairing, PairingState.active, by=by)
    return pairing
