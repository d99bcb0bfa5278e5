"""Words for what a helper has of their own."""

from jiedui.contact.rules.own import OwnRefusal
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    OwnRefusal,
    {
        OwnRefusal.not_cleared: _l("A badge is for those whose vetting is complete"),
        OwnRefusal.unprintable: _l(
            "A name has a character that this paper cannot print: please write it by hand"
        ),
    },
)
