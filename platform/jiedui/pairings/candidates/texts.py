"""Free text for the score: notes of a wish, and what a helper says of themselves. Opened in the
worker only, and only where a county gives words a weight; names and numbers are taken out first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import matching
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need


def of_needs(needs: Iterable[Need]) -> dict[int, str]:
    """What the notes say, by need, without the family's names, their village, numbers."""
    return {need.id: _bare(need.notes, _names(need)) for need in needs}


def of_helpers(helpers: Iterable[Helper]) -> dict[int, str]:
    """What helpers say of themselves, without their names and numbers."""
    return {helper.id: _bare(helper.about, [helper.name]) for helper in helpers}


def _bare(text: str | None, names: Iterable[str]) -> str:
    return matching.scrubbed(text or "", names)


def _names(need: Need) -> Iterator[str]:
    """Whom the notes may speak of, by whole and by given name, and where they live."""
    people = [child.name for child in need.children]
    people += [guardian.name for guardian in need.household.guardians]
    for name in people:
        yield name
        if len(name) > 2:
            yield name[1:]
    yield need.household.village.name
