"""Agreements and plans of invented pairings, made by the actions."""

from __future__ import annotations

from jiedui.contact.actions import agreements as actions
from jiedui.contact.actions import plan
from jiedui.contact.actions.agreements import PaperSaid
from jiedui.contact.queries import agreements as queries
from jiedui.contact.rules.agreements import Party
from jiedui.core import clock, db
from tests.builders.pairings import Pair
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
