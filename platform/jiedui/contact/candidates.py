"""Who could stand in for one session: cleared today, free at that hour, and nothing but room and
duration against them; those who fit best first, as the engine ranks them for a pairing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from jiedui.contact.models import PlannedSession
from jiedui.contact.rules.plan import COMING, slot_of
from jiedui.core import clock
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper, HelperSlot
from jiedui.pairings.candidates import Judged, judge
from jiedui.pairings.rules.reasons import Barrier

SHOWN = 5
# What stands against a pairing for long, and not against one hour.
ROOM = frozenset(
    {
        Barrier.too_short,
        Barrier.no_common_slot,
        Barrier.too_few_slots,
        Barrier.capacity,
        Barrier.child_has_enough_helpers,
    }
)


@dataclass(frozen=True)
class StandIn:
    """A helper who could stand in: how well they fit (0 to 100), and how far they come."""

    helper: Helper
    score: int
    km: float | None


def stand_ins(session: PlannedSession) -> list[StandIn]:
    """The best who could, five at most."""
    free = _free(session)
    judged = judge(session.county_id, [(session.pairing.need_id, number) for number in free])
    good = [one for one in judged.values() if _nothing_against(one)]
    good.sort(key=lambda one: (-one.score, one.km or 0, one.helper_id))
    known = {one.id: one for one in helpers.several([g.helper_id for g in good[:SHOWN]])}
    return [StandIn(known[g.helper_id], g.score, g.km) for g in good[:SHOWN]]


def possible(session: PlannedSession, helper_id: int) -> bool:
    """Whether somebody could still stand in: the same question, asked again of one person."""
    if helper_id not in _free(session):
        return False
    pair = (session.pairing.need_id, helper_id)
    one = judge(session.county_id, [pair]).get(pair)
    return one is not None and _nothing_against(one)


def _nothing_against(one: Judged) -> bool:
    return not {Barrier(code) for code in one.barriers} - ROOM


def _free(session: PlannedSession) -> list[int]:
    """Cleared helpers of the county who offer this and have said that they have time then, and are
    expected nowhere; never the one who comes anyway."""
    slot = slot_of(clock.local(session.start_at))
    with_time = select(HelperSlot.helper_id).where(HelperSlot.slot == slot)
    taken = select(PlannedSession.helper_id).where(
        PlannedSession.state.in_(COMING),
        PlannedSession.start_at < session.end_at,
        PlannedSession.end_at > session.start_at,
    )
    where = (
        (Helper.county_id == session.county_id)
        & Helper.id.in_(with_time)
        & Helper.id.not_in(taken)
        & (Helper.id != session.pairing.helper_id)
    )
    kind = session.pairing.need.kind
    return [one.id for one in helpers.standings(where) if one.cleared and kind in one.offers]
