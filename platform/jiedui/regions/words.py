"""Words for levels and for what a county may set."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.regions.rules import Level

words.say(
    Level,
    {Level.county: _l("County"), Level.township: _l("Township"), Level.village: _l("Village")},
)
