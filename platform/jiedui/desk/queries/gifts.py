"""Lines of material wishes and gifts: what the township has not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from jiedui.access.rules import Actor
from jiedui.core.clock import day
from jiedui.desk.rules import Kind, Line
from jiedui.donations.queries import wishes

LOOK_WITHIN = timedelta(days=7)


def to_check(actor: Actor) -> Iterator[Line]:
    """All wishes that wait for the township's look, in one line."""
    waiting = wishes.to_check(actor)
    if waiting:
        since = min(wish.raised_at for wish in waiting)
        oldest = day(since)
        due = oldest + LOOK_WITHIN if oldest else None
        count = len(waiting)
        yield Line(Kind.material_wish, "donations.check", count=count, since=oldest, due=due)
