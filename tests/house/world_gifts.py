"""Wishes and gifts in the world: two wishes of the first girl, looked at by the township, and a
gift of which something is on its way to her."""

from __future__ import annotations

from jiedui.core import db
from jiedui.donations.actions import allotments
from jiedui.donations.queries import gifts as find
from jiedui.donations.queries import wishes
from jiedui.donations.rules.wishes import GoodsKind
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
    with db.write():
        gift, wish = find.get(world.things["gift"]), wishes.get(other)
        one = allotments.allot(gift, wish, 1, "名单 1 号", by=office.actor())
        allotments.dispatch(one, by=office.actor())
        world.things["allotment"] = one.id
