"""Which rooms have pages, and who listens to which happening: two lists to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint

from jiedui.access import words as access_words
from jiedui.access.views import bp as access
from jiedui.core.happenings import Happening, Listener
from jiedui.desk.views import bp as desk
from jiedui.disclosure.views import bp as disclosure
from jiedui.partners import words as partners_words
from jiedui.regions import words as regions_words

# Importing a room's words gives its enumerations their labels.
WORDS = (
    access_words,
    partners_words,
    regions_words,
)
BLUEPRINTS: Sequence[Blueprint] = (
    access,
    desk,
    disclosure,
)

LISTENERS: Mapping[type[Happening], Sequence[Listener]] = {}
