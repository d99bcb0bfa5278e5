"""What is told of places in the world: the school has a picture of its yard, and an inspection has
found something there."""

from __future__ import annotations

from jiedui.activities.actions import safety
from jiedui.activities.queries import safety as schools
from jiedui.activities.rules.safety import Item, Mark, Seen
from jiedui.core import clock, db
from jiedui.partners import actions, queries
from tests.house.world import World
from tests.photos import photo


def make(world: World) -> None:
    """The school's own people keep a picture; the education office has walked through."""
    keeper = world.people["school_worker", "here"]
    with db.write():
        school = queries.get_place(world.things["school place"])
        kept = actions.keep_photo(school, photo(), without_children=True, by=keeper.actor())
        world.things["place picture"] = kept.id
    with db.write():
        education = world.people["education", "here"].actor()
        seen = Seen(Item.exits, Mark.serious, "疏散门上锁")
        walk = safety.inspect(
            schools.school(world.things["school"]), clock.today(), [seen], by=education
        )
        found = walk.findings[0].id
        world.things |= {"school inspection": walk.id, "school finding": found}
    with db.write():
        one = schools.finding(world.things["school finding"])
        shown = safety.picture(one, photo(), without_children=True, by=keeper.actor())
        world.things["finding picture"] = shown.id
