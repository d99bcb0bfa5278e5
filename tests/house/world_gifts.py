"""Wishes and gifts in the world: two wishes of the first girl, looked at by the township, and a
gift of which something is on its way to her; a gift of a company; a proposal for another gift, and
a tie."""

from __future__ import annotations

from jiedui.core import clock, db
from jiedui.core.actors import ANYBODY
from jiedui.donations.actions import allotments, plans, pledges
from jiedui.donations.models import GiftTie
from jiedui.donations.queries import gifts as find
from jiedui.donations.queries import wishes
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.pledges import PledgeKind, PledgeSaid
from jiedui.donations.rules.relations import Tie
from jiedui.regions import queries as regions
from tests.builders import gifts as build
from tests.house.world import World


def make(world: World) -> None:
    """The director has kept the wishes, the township has looked, an office has sent something."""
    director, office = world.people["child_director", "here"], world.people["youth_league", "here"]
    number = build.wish(world.things["child"], director)
    other = build.wish(world.things["child"], director, build.said(GoodsKind.toy))
    build.looked_at(number, other, by=world.people["township_supervisor", "here"])
    world.things["material wish"] = number
    world.things["gift"] = build.gift(office, build.goods(5, kind=GoodsKind.toy))
    said = build.goods(4, name="", phone="", unit_id=world.things["company"])
    world.things["unit gift"] = build.gift(office, said, receiver=build.charity("北试助学会"))
    with db.write():
        gift, wish = find.get(world.things["gift"]), wishes.get(other)
        one = allotments.allot(gift, wish, 1, "名单 1 号", by=office.actor())
        allotments.dispatch(one, by=office.actor())
        world.things["allotment"] = one.id
        world.things["gift decision"] = one.decision_id or 0
        world.things["gift entry"] = find.entries(gift.id)[0].id
    build.gift(office, build.goods(2))
    with db.write():
        said = PledgeSaid(PledgeKind.jobs, "包装工", 2, "北东山镇", clock.today(),
                          name="贾厂长", phone="19900007001")  # fmt: skip
        one = pledges.pledge_mine(said, gift.county_id, by=ANYBODY)
        db.session.flush()
        world.things["pledge"] = one.id
    with db.write() as session:
        tie = GiftTie(
            county_id=gift.county_id, gift_id=gift.id, wish_id=number, tie=Tie.telephone,
            found_by=office.account_id, found_as=office.account_id, found_at=clock.now(),
        )  # fmt: skip
        session.add(tie)
        plan = plans.make(regions.get(gift.county_id), by=office.actor())
        session.flush()
        world.things["gift tie"], world.things["gift plan"] = tie.id, plan.id
