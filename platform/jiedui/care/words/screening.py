"""Words of screening."""

from __future__ import annotations

from jiedui.care.rules.screening import MOST_HOUSES, Screened, ScreeningRefusal
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    Screened,
    {
        Screened.seen: _l("Somebody was met"),
        Screened.nobody_home: _l("Nobody at home"),
        Screened.moved: _l("Moved away"),
        Screened.not_yet: _l("Not yet"),
    },
)
words.say(
    ScreeningRefusal,
    {
        ScreeningRefusal.house_empty: _l("No file is open in this house any more"),
        ScreeningRefusal.other_houses: _l("The houses of this village have changed meanwhile"),
        ScreeningRefusal.too_many: _l("A number from 0 to %(most)d", most=MOST_HOUSES),
    },
)
