"""Words for what stands in a line of a statement."""

from __future__ import annotations

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.rules.statements import Grouping

words.say(
    Grouping,
    {
        Grouping.gift: _l("by gift"),
        Grouping.giver: _l("by giver"),
        Grouping.township: _l("by township"),
        Grouping.time: _l("by time"),
    },
)
