"""A county as a drawing: true directions, and names that can be read."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from jiedui.core.sketch import Sketch


@dataclass(frozen=True)
class Spot:
    name: str
    lat: float
    lon: float


SPOTS = [Spot("North", 26.0, 115.7), Spot("South", 25.0, 115.8), Spot("East", 25.5, 116.0)]
degrees = st.tuples(st.floats(18, 53), st.floats(74, 134))


def test_north_is_up_and_east_is_right() -> None:
    sketch = Sketch((s.lat, s.lon) for s in SPOTS)
    north, south, east = (sketch.at(s.lat, s.lon) for s in SPOTS)
    assert north[1] < east[1] < south[1]
    assert east[0] > south[0] > north[0]


@given(st.lists(degrees, max_size=30))
def test_every_point_lies_in_the_drawing(points: list[tuple[float, float]]) -> None:
    sketch = Sketch(points)
    for lat, lon in points:
        x, y = sketch.at(lat, lon)
        assert 0 <= x <= sketch.width
        assert 0 <= y <= sketch.height


def test_two_names_side_by_side_do_not_cover_each_other() -> None:
    near = [*SPOTS, Spot("\u6587\u6b66\u575d", 25.50, 115.80), Spot("\u9ebb\u5dde", 25.50, 115.84)]
    sketch = Sketch((s.lat, s.lon) for s in near)
    written = {n.words: n for n in sketch.names(near)}
    assert written["\u6587\u6b66\u575d"].anchor != "start", "the right side holds the other dot"
    assert written["\u9ebb\u5dde"].anchor == "start"


def test_a_county_without_coordinates_is_an_empty_sheet() -> None:
    assert Sketch([]).names([]) == []
