"""Words for what a pair from before still lacks."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.pairings.rules.legacy import LegacyGate, PairFault, PairForm

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
words.say(
    PairForm,
    {
        PairForm.one_to_one: _l("One to one"),
        PairForm.many_to_one: _l("Several for one child"),
        PairForm.one_to_many: _l("One for several children"),
        PairForm.team: _l("As a team"),
    },
)
words.say(
    PairFault,
    {
        PairFault.child_unclear: _l("ID number, or birth date and village, are needed"),
        PairFault.child_unknown: _l(
            "there is no file of this child: bring the national sheet or put the child on file "
            "first, then this sheet"
        ),
        PairFault.child_elsewhere: _l("this child is on file, but not in your area"),
        PairFault.child_closed: _l("this child's file is closed"),
        PairFault.child_name_differs: _l("the file with this ID number has another name"),
        PairFault.child_full: _l("this child has as many people for this help as can be (three)"),
        PairFault.helper_full: _l(
            "takes on %(most)s children at most, and has as many: raise the number with the "
            "volunteer first"
        ),
        PairFault.shared: _l(
            "a brother or sister shares this need: part it, or choose another kind of help"
        ),
        PairFault.ended: _l("these two had a pairing here that has ended; it does not begin anew"),
    },
)
