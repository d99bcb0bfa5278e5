"""Lines of material wishes and gifts: what the township has not looked at,
and what was sent and has not been confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from jiedui.access.rules import Actor
from jiedui.core.clock import day
from jiedui.desk.rules import Kind, Line
from jiedui.donations.queries import gifts, wishes

LOOK_WITHIN = timedelta(days=7)
ARRIVE_WITHIN = timedelta(days=14)


def to_check(actor: Actor) -> Iterator[Line]:
    """All wishes that wait for the township's look, in one line."""
    waiting = wishes.to_check(actor)
    if waiting:
        since = min(wish.raised_at for wish in waiting)
        oldest = day(since)
        due = oldest + LOOK_WITHIN if oldest else None
        count = len(waiting)
        yield Line(Kind.material_wish, "donations.check", count=count, since=oldest, due=due)


def arriving(actor: Actor) -> Iterator[Line]:
    """What was sent to children of these villages, one line each."""
    for one in gifts.on_the_way(actor):
        sent = day(one.dispatched_at)
        values = {"allotment_id": one.id}
        due = sent + ARRIVE_WITHIN if sent else None
        about = (one.wish.kind, one.wish.child.village.name)
        yield Line(Kind.gift_arriving, "donations.come", values, one.wish.code, about, 1, sent, due)
