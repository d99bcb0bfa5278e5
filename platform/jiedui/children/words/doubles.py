"""Words for files that may be of one child."""

from jiedui.children.rules import Likeness, MergeRefusal
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    Likeness,
    {
        Likeness.same_name: _l("Same name"),
        Likeness.same_sound: _l("The name sounds the same"),
        Likeness.same_birth: _l("Same birth date"),
        Likeness.near_birth: _l("Birth dates less than a year apart"),
        Likeness.same_village: _l("Same village"),
        Likeness.same_parent: _l("A grown-up of the same name"),
    },
)
words.say(
    MergeRefusal,
    {
        MergeRefusal.same_file: _l("This is one and the same file"),
        MergeRefusal.not_open: _l("One of the two files is closed or not as it was then"),
        MergeRefusal.both_numbered: _l("The two files have different ID numbers: two children"),
        MergeRefusal.keep_the_paired: _l(
            "The other file has a living pairing: please keep that one instead"
        ),
        MergeRefusal.taken_apart: _l("These files have been taken apart already"),
        MergeRefusal.not_alike: _l("Please choose which file is kept"),
    },
)
