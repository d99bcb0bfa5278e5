"""Words for what a pair from before still lacks."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.pairings.rules.legacy import LegacyGate

words.say(
    LegacyGate,
    {
        LegacyGate.conduct: _l("Code of conduct, signed"),
        LegacyGate.identity: _l("Identity, seen by the office"),
        LegacyGate.training: _l("Training before the first meeting"),
        LegacyGate.record_check: _l("Check of criminal records"),
        LegacyGate.credential: _l("Professional paper"),
        LegacyGate.guardian: _l("The guardian's consent to this person"),
        LegacyGate.child: _l("What the child says of this person"),
    },
)
