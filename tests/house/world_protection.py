"""Cases in the world: one that the duty officer has opened, one that is sealed, one that another
proposed to close, a report that ended without a case, and an entry of the duty roster."""

from __future__ import annotations

from datetime import time

from jiedui.core import db
from jiedui.protection import actions
from jiedui.protection.actions import duty
from jiedui.protection.actions.duty import TurnSaid
from jiedui.protection.rules import ReportOutcome
from jiedui.protection.rules.case import Situation, Stage
from tests import people
from tests.builders import worries
from tests.house.world import World


def make(world: World) -> None:
    """Somebody of the county's duty, whom no line of the table is about, has done it."""
    officer, civil = worries.officer(), world.people["civil_affairs", "here"]
    world.things["case"] = worries.case(officer, village=people.VILLAGE)
    world.things["sealed case"] = worries.case(officer, situation=Situation.girl_under_14)
    ending = worries.case(officer)
    worries.brought_to(ending, Stage.closing, by=officer)
    world.things["ending case"] = ending
    ended = worries.report("门口有人守着孩子")
    with db.write():
        one = actions.take_up(ended, by=officer.actor())
        actions.handle(one, ReportOutcome.visited, "已看过", by=officer.actor())
        said = TurnSaid(officer.account_id, frozenset(range(7)), time(8), time(18), "02087654321")
        world.things["turn"] = duty.set_turn(said, by=civil.actor()).id
    world.things["ended report"] = ended
