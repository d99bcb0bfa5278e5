"""Baidu's degrees (BD-09) and those of maps elsewhere (WGS-84).

BD-09 lies on top of GCJ-02, which lies on top of WGS-84. The public formulas go upwards only; the
way down is found by steps: each corrects the guess by what it is wrong. They hold inside China.
"""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin, sqrt

Point = tuple[float, float]  # latitude, longitude in degrees

AXIS, FLATNESS = 6_378_245.0, 0.00669342162296594323  # Krasovsky 1940: half axis, e squared
BAIDU_WAVE = pi * 3000 / 180
NEAR = 1e-9  # degrees: a tenth of a millimetre
STEPS = 20


def to_gcj02(point: Point) -> Point:
    """From WGS-84."""
    latitude, longitude = point
    phi = latitude * pi / 180
    bend = 1 - FLATNESS * sin(phi) ** 2
    north = _north(longitude - 105, latitude - 35)
    east = _east(longitude - 105, latitude - 35)
    north = north * 180 / (AXIS * (1 - FLATNESS) / (bend * sqrt(bend)) * pi)
    east = east * 180 / (AXIS / sqrt(bend) * cos(phi) * pi)
    return latitude + north, longitude + east


def to_bd09(point: Point) -> Point:
    """From WGS-84."""
    y, x = to_gcj02(point)
    far = hypot(x, y) + 0.00002 * sin(y * BAIDU_WAVE)
    turn = atan2(y, x) + 0.000003 * cos(x * BAIDU_WAVE)
    return far * sin(turn) + 0.006, far * cos(turn) + 0.0065


def from_bd09(point: Point) -> Point:
    """To WGS-84."""
    latitude, longitude = point
    for _ in range(STEPS):
        reached = to_bd09((latitude, longitude))
        off = point[0] - reached[0], point[1] - reached[1]
        latitude, longitude = latitude + off[0], longitude + off[1]
        if max(abs(off[0]), abs(off[1])) < NEAR:
            break
    return latitude, longitude


def _ripple(x: float) -> float:
    return (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3


def _north(x: float, y: float) -> float:
    flat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    slow = (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    return flat + _ripple(x) + slow + (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3


def _east(x: float, y: float) -> float:
    flat = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    slow = (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    return flat + _ripple(x) + slow + (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
