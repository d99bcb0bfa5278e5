"""Words for levels and for what a county may set."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.regions.rules import Doubt, Level, Source

words.say(
    Level,
    {Level.county: _l("County"), Level.township: _l("Township"), Level.village: _l("Village")},
)
words.say(
    Source,
    {
        Source.gazetteer: _l("the county's own list"),
        Source.nominatim: _l("OpenStreetMap"),
        Source.baidu: _l("Baidu Maps"),
    },
)
words.say(
    Doubt,
    {
        Doubt.several: _l("Several places are called so"),
        Doubt.vague: _l("The map service knows it only roughly"),
        Doubt.far: _l("The map service names a place outside the county"),
        Doubt.unknown: _l("Nothing is known by this name"),
        Doubt.unreachable: _l("The map service does not answer"),
        Doubt.declined: _l("The map service refuses: its key or its limit"),
    },
)
