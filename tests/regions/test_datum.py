"""Baidu's degrees and WGS-84: known numbers, and the way there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui.regions.geocoding.datum import from_bd09, to_bd09, to_gcj02
from jiedui.regions.rules import great_circle_km

CHINA = st.tuples(st.floats(18.0, 53.6), st.floats(73.5, 134.8))


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """How far two points lie apart."""
    return great_circle_km(a, b) * 1000


def test_numbers_that_others_publish() -> None:
    """The public libraries' example: a point in the middle of Beijing, WGS-84 to GCJ-02."""
    latitude, longitude = to_gcj02((39.915, 116.404))
    assert latitude == pytest.approx(39.91640428150164, abs=1e-9)
    assert longitude == pytest.approx(116.41024449916938, abs=1e-9)


def test_baidus_own_step() -> None:
    """Their example for GCJ-02 to BD-09: 39.915, 116.404 becomes 39.92133699, 116.41036949."""
    wgs = from_bd09((39.92133699351021, 116.41036949371029))
    assert metres(to_gcj02(wgs), (39.915, 116.404)) < 0.01


@given(CHINA)
def test_there_and_back(point: tuple[float, float]) -> None:
    """Within a metre anywhere in China, both ways; and the two really differ."""
    assert metres(from_bd09(to_bd09(point)), point) < 1
    assert metres(to_bd09(from_bd09(point)), point) < 1
    assert 100 < metres(to_bd09(point), point) < 3000
