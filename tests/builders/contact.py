"""Agreements and plans of invented pairings, made by the actions."""

from __future__ import annotations

from typing import Any

from jiedui.contact.actions import agreements as actions
from jiedui.contact.actions import plan, standing_in
from jiedui.contact.actions.agreements import PaperSaid
from jiedui.contact.queries import agreements as queries
from jiedui.contact.queries import plan as plans
from jiedui.contact.rules.agreements import Party
from jiedui.contact.rules.plan import SessionState
from jiedui.core import clock, db
from tests.builders.helpers import cleared_volunteer
from tests.builders.pairings import Pair, trial
from tests.photos import photo

ALL = frozenset(Party)


def drafted(pair: Pair) -> int:
    """An agreement that waits for its three yeses (opens its own write)."""
    with db.write():
        return actions.draft(pair.id, by=pair.director.actor()).id


def signed(pair: Pair, signers: frozenset[Party] = ALL, holder: str = "村委会文件柜") -> int:
    """One that was signed on paper, by all or by some, with a photo and a link that nobody used
    (opens its own writes)."""
    number = drafted(pair)
    with db.write():
        home = pair.read().need.household.guardians
        guardian = next(one for one in home if one.is_guardian)
        actions.make_link(queries.get(number), guardian.id, by=pair.director.actor())
    with db.write():
        said = PaperSaid(clock.today(), signers, holder)
        actions.sign(queries.get(number), said, by=pair.director.actor())
    with db.write():
        actions.keep_scan(queries.get(number), photo(), by=pair.director.actor())
    return number


def planned(pair: Pair) -> int:
    """The nightly job for one pairing; returns how many sessions are new (opens its own write)."""
    with db.write():
        return plan.plan_ahead(pair.id)


def stood_in(**over: Any) -> tuple[Pair, int, int]:
    """A pairing whose next session somebody else has promised to come to; with the session and the
    other's number (opens its own writes)."""
    pair = trial(**over)
    planned(pair)
    other, number = cleared_volunteer()
    with db.read():
        coming = plans.future(pair.id)
        session = next(one.id for one in coming if one.state is SessionState.planned)
    with db.write():
        standing_in.ask(plans.get(session), number, by=pair.officer.actor())
    with db.write():
        standing_in.accept(plans.get(session), by=other.actor())
    return pair, session, number
