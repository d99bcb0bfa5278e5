"""The places of a need that a team meets: one for each helper an office asks by name, one fewer
when somebody leaves."""

from __future__ import annotations

from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.needs.actions.following import reopen
from jiedui.needs.models import Need
from jiedui.needs.rules import LIVING


def place_for(need: Need, number: int, *, by: By) -> None:
    """A further helper is asked by name, the `number`th: the need has a place for them and is
    open in the same act (five places are the most the database takes). It has waited no longer
    than before."""
    db.lock(Need, need.id)
    need.demand = max(need.demand, number)
    _changed(need, by)
    since = need.open_since
    reopen(need, by=by)
    need.open_since = since


def fewer(need: Need, *, by: By) -> None:
    """Somebody of the team is there no more: nobody else is looked for in that place. With one
    place left it is no team. Does nothing to a need that has ended."""
    db.lock(Need, need.id)
    if need.state in LIVING:
        need.demand -= 1
        _changed(need, by)


def _changed(need: Need, by: By) -> None:
    need.team = need.demand > 1
    need.changed_at = clock.now()
    audit.record(Act.need_changed, need, by=by)
