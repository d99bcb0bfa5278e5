"""A county drawn from the centres of its townships: a sketch without any border.

Degrees become units of a drawing, and each name finds a side of its dot where it covers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Protocol

LONG_SIDE = 600.0
MARGIN = 44.0
LETTER = 14.0  # the size of a name's letters, in units of the drawing
GAP = 12.0


class Place(Protocol):
    """Anything with a name and a coordinate in degrees."""

    @property
    def name(self) -> str: ...
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


@dataclass(frozen=True)
class Box:
    """A rectangle something is drawn in."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two cover any of the same ground."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Name:
    """Where a name is written: the point, and which end of the text stands there."""

    words: str
    x: float
    y: float
    anchor: str


class Sketch:
    """The drawing: its size, where a coordinate lies in it, and where the names go."""

    def __init__(self, points: Iterable[tuple[float, float]]) -> None:
        here = list(points) or [(0.0, 0.0)]
        self.north = max(lat for lat, _ in here)
        self.west = min(lon for _, lon in here)
        height = max(self.north - min(lat for lat, _ in here), 0.01)
        self.squeeze = cos(radians(self.north - height / 2))
        width = max((max(lon for _, lon in here) - self.west) * self.squeeze, 0.01)
        self.scale = LONG_SIDE / max(height, width)
        self.width = round(width * self.scale + 2 * MARGIN)
        self.height = round(height * self.scale + 2 * MARGIN)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """A coordinate as a point of the drawing."""
        x = MARGIN + (lon - self.west) * self.squeeze * self.scale
        y = MARGIN + (self.north - lat) * self.scale
        return round(x, 1), round(y, 1)

    def arc(self, start: tuple[float, float], end: tuple[float, float]) -> str:
        """The path of a line between two coordinates, bent a little so that lines part."""
        (x1, y1), (x2, y2) = self.at(*start), self.at(*end)
        mid_x, mid_y = (x1 + x2) / 2 - (y2 - y1) * 0.18, (y1 + y2) / 2 + (x2 - x1) * 0.18
        return f"M{x1} {y1}Q{mid_x:.1f} {mid_y:.1f} {x2} {y2}"

    def names(self, places: Iterable[Place]) -> list[Name]:
        """A side for each name where it covers no dot and no other name; else the right side."""
        spots = [(place.name, *self.at(place.lat, place.lon)) for place in places]
        taken = [Box(x - 6, y - 6, x + 6, y + 6) for _, x, y in spots]
        written = []
        for words, x, y in spots:
            sides = [side(words, x, y) for side in SIDES]
            free = (s for s in sides if self._holds(s[1]) and not _hits(s[1], taken))
            name, box = next(free, sides[0])
            taken.append(box)
            written.append(name)
        return written

    def _holds(self, box: Box) -> bool:
        return box.left >= 0 and box.right <= self.width


def _hits(box: Box, taken: Iterable[Box]) -> bool:
    return any(box.meets(other) for other in taken)


def _wide(words: str) -> float:
    return sum(LETTER if ord(letter) > 0x2E80 else LETTER * 0.58 for letter in words)


def _right(words: str, x: float, y: float) -> tuple[Name, Box]:
    box = Box(x + GAP, y - 8, x + GAP + _wide(words), y + 8)
    return Name(words, x + GAP, y + 5, "start"), box


def _left(words: str, x: float, y: float) -> tuple[Name, Box]:
    box = Box(x - GAP - _wide(words), y - 8, x - GAP, y + 8)
    return Name(words, x - GAP, y + 5, "end"), box


def _below(words: str, x: float, y: float) -> tuple[Name, Box]:
    half = _wide(words) / 2
    return Name(words, x, y + 22, "middle"), Box(x - half, y + 9, x + half, y + 25)


def _above(words: str, x: float, y: float) -> tuple[Name, Box]:
    half = _wide(words) / 2
    return Name(words, x, y - 12, "middle"), Box(x - half, y - 25, x + half, y - 9)


SIDES: tuple[Callable[[str, float, float], tuple[Name, Box]], ...] = (
    _right,
    _left,
    _below,
    _above,
)
