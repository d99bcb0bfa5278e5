"""Words for why no proposal of places is worked out."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.oversight.rules.coverage import CoverageRefusal

words.say(
    CoverageRefusal,
    {
        CoverageRefusal.at_work: _l("The last question is being worked on: wait a moment"),
        CoverageRefusal.nothing_known: _l("No village here has a position yet"),
    },
)
