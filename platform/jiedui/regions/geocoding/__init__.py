"""Where a place lies: by the county's own list first, then by a map service if one is set.

This is for PLACES only: a school, a Children's Home, a village. Never pass anything about a child
or a helper, not even an address: what is asked may leave the house.
"""

from __future__ import annotations

from jiedui.regions.geocoding import gazetteer, service
from jiedui.regions.geocoding.answers import Found, Nothing, Position, Sure, Unsure
from jiedui.regions.geocoding.service import configure
from jiedui.regions.models import Region
from jiedui.regions.rules import Doubt

__all__ = ["Found", "Nothing", "Position", "Sure", "Unsure", "configure", "find"]


def find(text: str, county: Region) -> Found:
    """Where the place called so lies in the county: sure, unsure or nothing; never an exception.

    `text` names a place and perhaps its village, never a person. The list decides alone when it
    has the whole name; a service is asked about what goes on after a village's name.
    """
    divisions = gazetteer.divisions(county)
    named = gazetteer.look(text, county.name, divisions)
    if len(named.hits) > 1:
        return Unsure(tuple(gazetteer.position(r) for r in named.hits), Doubt.several)
    known = gazetteer.position(named.hits[0]) if named.hits else None
    if known is not None and named.whole:
        return Sure(known)
    asked = service.ask(named.text, county, divisions)
    if known is None or isinstance(asked, Sure):
        return asked
    if isinstance(asked, Unsure):
        return Unsure((*asked.options, known), asked.doubt)
    return Sure(known, whole=False, doubt=asked.doubt)
