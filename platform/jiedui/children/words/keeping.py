"""Words for what is kept, held back and cleared."""

from jiedui.children.rules import HoldReason
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    HoldReason,
    {
        HoldReason.court: _l("A court, the procuratorate or the police needs it"),
        HoldReason.complaint: _l("A complaint or petition is being looked into"),
        HoldReason.inspection: _l("An inspection or audit needs it"),
        HoldReason.claim: _l("Somebody has a claim that rests on it"),
        HoldReason.other: _l("Another reason, in words"),
    },
)
