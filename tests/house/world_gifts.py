"""Wishes and gifts in the world: a wish of the first girl that the township has looked at."""

from __future__ import annotations

from tests.builders import gifts as build
from tests.house.world import World


def make(world: World) -> None:
    """The director has kept a wish, the township has looked."""
    director = world.people["child_director", "here"]
    number = build.wish(world.things["child"], director)
    build.looked_at(number, by=world.people["township_supervisor", "here"])
    world.things["material wish"] = number
