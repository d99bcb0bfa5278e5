"""Needs follow what happens below and above them: answers, a child that leaves, a pairing."""

from __future__ import annotations

from collections.abc import Iterable

from jiedui.children import queries as children
from jiedui.children.rules import ChildState, Purpose
from jiedui.core import audit, db
from jiedui.core.actors import SYSTEM, By
from jiedui.core.acts import Act
from jiedui.core.happenings import (
    AnswerGiven,
    ChildClosed,
    ConsentWithdrawn,
)
from jiedui.needs import queries
from jiedui.needs.actions.raising import close_need
from jiedui.needs.actions.settling import move, settle
from jiedui.needs.models import Need
from jiedui.needs.rules import LIVING, NeedCloseReason, NeedState


def mark_met(need: Need, *, by: By) -> None:
    """Somebody is there for every place of this need."""
    move(need, NeedState.met, by)


def reopen(need: Need, *, by: By) -> None:
    """A place of this need is free again: it is matched, or waits where a yes is missing."""
    db.lock(Need, need.id)
    if need.state in LIVING:
        move(need, NeedState.waiting if queries.missing_for(need) else NeedState.open, by)


def _follow(needs: Iterable[Need]) -> None:
    for need in needs:
        db.lock(Need, need.id)
        settle(need)


def on_answer(happening: AnswerGiven) -> None:
    """A guardian or a child has answered: needs of the child open or wait."""
    if happening.purpose == Purpose.matching:
        _follow(queries.living_of(happening.child_id))


def on_withdrawn(happening: ConsentWithdrawn) -> None:
    """Consent to matching was taken back: nothing is matched from this moment."""
    if happening.purpose == Purpose.matching:
        _follow(queries.living_of(happening.child_id))


def on_child_closed(happening: ChildClosed) -> None:
    """A child has left: its needs end, those it shares go on for the others."""
    child = children.get(happening.child_id)
    for need in queries.living_of(child.id):
        others = [c for c in need.children if c.id != child.id and c.state is ChildState.open]
        if others:
            need.children = others
            audit.record(Act.need_changed, need, by=SYSTEM)
            settle(need)
        else:
            close_need(need, NeedCloseReason.child_left, by=SYSTEM)
