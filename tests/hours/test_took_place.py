"""What took place at a place, counted by month from what somebody confirmed.

Seen to fail: declared sessions counted (_counted), courses whose list nobody confirmed (_courses).
"""

from __future__ import annotations

from collections.abc import Callable

from jiedui.activities.actions import join_course
from jiedui.core import clock, db
from jiedui.hours.queries.took_place import Held, held_at
from tests.builders import courses
from tests.builders import hours as build
from tests.client import Browser

Device = Callable[[], Browser]


def counted(place_id: int) -> list[Held]:
    """As the page has it (opens its own read)."""
    with db.read():
        return held_at(place_id)


def test_only_what_was_verified_or_confirmed_counts(device: Device) -> None:
    """A session the director verified, not one that was only declared; a course once its list is
    confirmed; the page says so to whoever reads the register, and names nobody."""
    pair = build.serving()
    home = build.home_of(pair)
    with build.evening_after() as day:
        build.logged(pair, day)
        assert counted(home) == []
    with build.evening_after(9) as day:
        build.verified(pair, day)
        assert counted(home) == [Held((day.year, day.month), 0, 0, 1)]
        director = device()
        director.sign_in(pair.director.phone)
        director.get(f"/places/{home}/held")
        assert f"{day:%Y-%m}" in director.words
        assert "合计" in director.words
    of = courses.planned()
    with db.write():
        join_course(of.read(), by=pair.helper.actor())
    with clock.moved_to(of.after()):
        courses.told(of)
        with db.read():
            course = of.read()
            place, on = course.place_id or 0, course.on
        assert counted(place) == []
        courses.confirmed(of)
        assert counted(place) == [Held((on.year, on.month), 0, 1, 0)]
