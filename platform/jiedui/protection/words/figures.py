"""Words for what the figures of a year count."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.protection.rules.counted import Fate, From

words.say(
    Fate,
    {
        Fate.case: _l("Taken as a case"),
        Fate.ended: _l("Ended without a case"),
        Fate.waiting: _l("Not dealt with yet"),
    },
)
words.say(
    From,
    {
        From.nobody: _l("Somebody without an account"),
        From.village: _l("Village: child directors, grid workers"),
        From.school: _l("A school"),
        From.township: _l("A township"),
        From.office: _l("An office of the county"),
        From.unit: _l("A unit or organisation"),
        From.helper: _l("A volunteer or social worker"),
        From.other: _l("Another account"),
    },
)
