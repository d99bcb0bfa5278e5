"""Where a need stands follows from what guardian and child have said."""

from __future__ import annotations

from jiedui.core import audit, clock
from jiedui.core.actors import SYSTEM, By
from jiedui.core.acts import Act
from jiedui.needs import queries
from jiedui.needs.models import Need
from jiedui.needs.rules import NEED_MOVES, NeedState


def move(need: Need, new: NeedState, by: By) -> None:
    """Bring a need into another state; nothing when it is there already."""
    if need.state is new:
        return
    NEED_MOVES.require(need.state, new)
    need.state = new
    if new is NeedState.open:
        need.open_since = clock.now()
    audit.record(Act.need_changed, need, by=by, state=new)


def settle(need: Need) -> None:
    """Let a need that nobody has been found for follow what guardian and child have said. One
    that has somebody stays met: its pairing has a consent of its own."""
    complete = not queries.missing_for(need)
    if need.state is NeedState.waiting and complete:
        move(need, NeedState.open, SYSTEM)
    elif need.state is NeedState.open and not complete:
        move(need, NeedState.waiting, SYSTEM)
