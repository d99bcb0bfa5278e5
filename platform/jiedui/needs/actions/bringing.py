"""A need that somebody has met since before the portal."""

from __future__ import annotations

from collections.abc import Sequence

from jiedui.children.models import Child
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.helpers.rules import HelpKind
from jiedui.needs import queries
from jiedui.needs.actions.raising import NewNeed, raise_need
from jiedui.needs.models import Need
from jiedui.needs.rules import MOST_DEMAND, Frequency, NeedState, Where

# A list of pairs does not say when they meet: the weekend, until somebody asks.
USUAL_SLOTS = frozenset(range(15, 21))


def bring_need(kids: Sequence[Child], kind: HelpKind, *, by: By) -> Need:
    """The children's need of this kind, with one place more for whoever meets it already; a new
    one where there is none: monthly, at home. A need that waits or is open keeps its own places for
    the round, as far as there may be more (at most three)."""
    ids = {child.id for child in kids}
    for need in queries.living_of(kids[0].id):
        if need.kind is kind and {c.id for c in need.children} == ids:
            return _one_more(need, by)
    wish = NewNeed(kind, USUAL_SLOTS, where=Where.home, frequency=Frequency.monthly)
    return raise_need(kids, wish, by=by)


def _one_more(need: Need, by: By) -> Need:
    db.lock(Need, need.id)
    if need.state is NeedState.met and need.demand < MOST_DEMAND:
        need.demand += 1
        need.changed_at = clock.now()
        audit.record(Act.need_changed, need, by=by)
    return need
