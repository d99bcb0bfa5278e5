"""The county's own list of divisions, read as a gazetteer: no network, whole or partial names.

A name ends in what it is: 富城乡, 富城村委会. People leave that out (富城) or shorten it (富城村).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from jiedui.regions import queries
from jiedui.regions.geocoding.answers import Position
from jiedui.regions.models import Region
from jiedui.regions.rules import Level, Source

OPTIONS_MOST = 12
TEXT_MOST = 120  # characters; no name and address is longer
# How names end, longest first, and which of them mean the same.
ENDS = {
    **dict.fromkeys(("社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区"), "社区"),
    **dict.fromkeys(("村民委员会", "村委会", "村"), "村"),
    **dict.fromkeys(("街道办事处", "街道"), "街道"),
    "镇": "镇",
    "乡": "乡",
}


@dataclass(frozen=True)
class Named:
    """The divisions a text may mean, the tidied text, and whether it says no more than a name."""

    hits: list[Region]
    text: str
    whole: bool


def divisions(county: Region) -> list[Region]:
    """Townships and villages of a county whose coordinates are known."""
    found = queries.divisions(county.path)
    return [r for r in found if r.level is not Level.county and r.point is not None]


def position(region: Region) -> Position:
    """A division as an answer."""
    latitude, longitude = region.point or (0.0, 0.0)
    within = region.parent.name if region.parent else ""
    return Position(region.name, within, latitude, longitude, Source.gazetteer)


def look(text: str, county_name: str, known: list[Region]) -> Named:
    """Which divisions a text means: by its whole name, by township and name, by part of a name,
    else by the name it begins with."""
    said = tidy(text, county_name)
    whole = _called(said, known) or _below_a_township(said, known) or _partly(said, known)
    hits = whole or _beginning(said, known)
    return Named(hits[:OPTIONS_MOST], said, bool(whole))


def tidy(text: str, county_name: str) -> str:
    """A text as names are written: no blanks or marks, nothing up to the county's name."""
    wide = unicodedata.normalize("NFKC", text)
    said = "".join(c for c in wide if c.isalnum())[:TEXT_MOST]
    return said.rpartition(county_name)[2] if county_name else said


def parts(name: str) -> tuple[str, str]:
    """A name's own part and what it ends in, in one spelling: 富城村委会 is 富城, 村."""
    for end, meant in ENDS.items():
        if name.endswith(end) and name != end:
            return name.removesuffix(end), meant
    return name, ""


def _called(said: str, known: Iterable[Region]) -> list[Region]:
    """Divisions of exactly this name; else of this part and ending; else of this part alone."""
    known = list(known)
    for same in (
        lambda name: name == said,
        lambda name: bool(parts(said)[1]) and parts(name) == parts(said),
        lambda name: parts(name)[0] == said,
    ):
        hits = [r for r in known if same(r.name)]
        if hits:
            return hits
    return []


def _below_a_township(said: str, known: list[Region]) -> list[Region]:
    """Villages named after their township: 文武坝镇红旗, 文武坝红旗居委会."""
    hits: list[Region] = []
    for township in (r for r in known if r.level is Level.township):
        for start in {township.name, parts(township.name)[0]}:
            rest = said.removeprefix(start)
            if rest and rest != said:
                hits += _called(rest, (r for r in known if r.parent_id == township.id))
    return list(dict.fromkeys(hits))


def _partly(said: str, known: Iterable[Region]) -> list[Region]:
    """Divisions with this text within their name; a single character says too little."""
    return [r for r in known if said in r.name] if len(said) > 1 and said not in ENDS else []


def _beginning(said: str, known: Iterable[Region]) -> list[Region]:
    """The divisions with the longest name that the text begins with, and something after it."""
    lengths = {r: max(map(len, _starts(r, said)), default=0) for r in known}
    longest = max(lengths.values(), default=0)
    return [r for r, length in lengths.items() if length == longest and longest > 1]


def _starts(region: Region, said: str) -> list[str]:
    """The ways of writing a division that the text begins with, its township before it or not."""
    own, end = parts(region.name)
    names = {region.name, own + end, own if len(own) > 1 else region.name}
    if region.level is Level.village and region.parent is not None:
        above = region.parent.name
        names |= {a + n for a in (above, parts(above)[0]) for n in names}
    return [name for name in names if said.startswith(name)]
